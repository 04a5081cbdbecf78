-- grain: one row a period, dimension and member with a line in it
with line as (
    select
        ordered_on, channel, is_sale, quantity, gross_sales, discount, return_amount, net_sales,
        cost_of_goods
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and not is_cancelled
),

period as (
    select period, period_start_on, counts_from_on, period_end_on
    from calendar
    where snapshot_on = :as_of and run_id = :run_id
),

-- a member of a day first: there are far fewer of them than lines
day_sum as (
    select
        ordered_on,
        channel,
        sum(case when is_sale then quantity else 0 end) as units,
        sum(gross_sales) as gross_sales,
        sum(discount) as discounts,
        sum(return_amount) as returns,
        sum(net_sales) as net_sales,
        sum(cost_of_goods) as cost_of_goods
    from line
    group by ordered_on, channel
),

final as (
    select
        p.period,
        p.period_start_on,
        k.dimension,
        case when k.dimension = 'total' then 'all' else d.channel end as member,
        sum(d.units) as units,
        sum(d.gross_sales) as gross_sales,
        sum(d.discounts) as discounts,
        sum(d.returns) as returns,
        sum(d.net_sales) as net_sales,
        sum(d.cost_of_goods) as cost_of_goods
    from day_sum d
    join period p on d.ordered_on between p.counts_from_on and p.period_end_on
    cross join (values ('total'), ('channel')) as k (dimension)
    group by
        p.period, p.period_start_on, k.dimension,
        case when k.dimension = 'total' then 'all' else d.channel end
)

select * from final
