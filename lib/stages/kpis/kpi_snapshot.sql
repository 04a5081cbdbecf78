-- grain: one row a period and member of a dimension, from the first sale to the as-of date
-- A period has a number that grows by one from each to the next, so that "the one before" is n - 1:
-- months year * 12 + month - 1, half-years year * 2 + 0 or 1, years the year.
with line as (
    select
        ordered_on, channel, gross_sales, discount, return_amount, net_sales, cost_of_goods
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and not is_cancelled
),

document as (
    select
        customer_key,
        ordered_on,
        channel,
        order_number,
        min(ordered_on) over (partition by customer_key) as first_ordered_on
    from sales_order
    where snapshot_on = :as_of and run_id = :run_id and is_order
),

digit as (
    select d.n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as d (n)
),

first_day as (
    select
        min(ordered_on) as first_on,
        cast(date_trunc('year', min(ordered_on)) as date) as year_starts_on
    from line
),

month_start as (
    select
        f.first_on,
        cast(f.year_starts_on + (a.n + 10 * b.n + 100 * c.n) * interval '1' month as date)
            as starts_on
    from first_day f
    cross join digit a
    cross join digit b
    cross join digit c
),

-- One pass for all periods, and one below for all dimensions: an engine that writes a CTE in at each
-- place of its name would read the lines again for each member of a union.
period_start as (
    select
        k.period,
        case
            when k.period = 'month' then year(m.starts_on) * 12 + month(m.starts_on) - 1
            when k.period = 'half_year'
                then year(m.starts_on) * 2 + case when month(m.starts_on) = 7 then 1 else 0 end
            else year(m.starts_on)
        end as number,
        m.first_on,
        m.starts_on,
        case
            when k.period = 'month' then cast(m.starts_on + interval '1' month as date)
            when k.period = 'half_year' then cast(m.starts_on + interval '6' month as date)
            else cast(m.starts_on + interval '12' month as date)
        end as ends_before
    from month_start m
    cross join (values ('month'), ('half_year'), ('year')) as k (period)
    where
        k.period = 'month'
        or (k.period = 'half_year' and month(m.starts_on) in (1, 7))
        or (k.period = 'year' and month(m.starts_on) = 1)
),

calendar as (
    select period, number, starts_on, ends_before
    from period_start
    where starts_on <= :as_of and ends_before > first_on
),

dated_line as (
    select c.period, c.number, k.dimension,
        case when k.dimension = 'total' then 'all' else l.channel end as member,
        l.gross_sales, l.discount, l.return_amount, l.net_sales, l.cost_of_goods
    from line l
    join calendar c on l.ordered_on >= c.starts_on and l.ordered_on < c.ends_before
    cross join (values ('total'), ('channel')) as k (dimension)
),

dated_order as (
    select c.period, c.number, k.dimension,
        case when k.dimension = 'total' then 'all' else d.channel end as member,
        d.customer_key, d.order_number, d.first_ordered_on >= c.starts_on as is_new
    from document d
    join calendar c on d.ordered_on >= c.starts_on and d.ordered_on < c.ends_before
    cross join (values ('total'), ('channel')) as k (dimension)
),

money_sum as (
    select
        period,
        number,
        dimension,
        member,
        sum(gross_sales) as gross_sales,
        sum(discount) as discounts,
        sum(return_amount) as returns,
        sum(net_sales) as net_sales,
        sum(cost_of_goods) as cost_of_goods
    from dated_line
    group by period, number, dimension, member
),

order_sum as (
    select
        period,
        number,
        dimension,
        member,
        count(*) as orders,
        count(customer_key) as customer_orders
    from dated_order
    group by period, number, dimension, member
),

activity as (
    select
        period,
        number,
        dimension,
        member,
        customer_key,
        bool_or(is_new) as is_new,
        max(order_number) > 1 as has_ordered_before,
        lag(number) over (
            partition by period, dimension, member, customer_key order by number
        ) as earlier_number,
        lead(number) over (
            partition by period, dimension, member, customer_key order by number
        ) as later_number
    from dated_order
    where customer_key is not null
    group by period, number, dimension, member, customer_key
),

customer_sum as (
    select
        period,
        number,
        dimension,
        member,
        count(*) as customers,
        count(case when earlier_number is null then 1 end) as acquired,
        count(case when is_new then 1 end) as new_customers,
        count(case when earlier_number = number - 1 then 1 end) as returning_customers,
        count(case when not is_new and coalesce(earlier_number, 0) <> number - 1 then 1 end)
            as reactivated_customers,
        count(case when has_ordered_before then 1 end) as repurchasers,
        count(case when coalesce(later_number, 0) <> number + 1 then 1 end) as lost_afterwards
    from activity
    group by period, number, dimension, member
),

member_name as (
    select distinct dimension, member from dated_line
    union
    select distinct dimension, member from dated_order
),

filled as (
    select
        c.period,
        c.starts_on,
        c.ends_before,
        m.dimension,
        m.member,
        coalesce(o.orders, 0) as orders,
        coalesce(o.customer_orders, 0) as customer_orders,
        coalesce(s.gross_sales, 0) as gross_sales,
        coalesce(s.discounts, 0) as discounts,
        coalesce(s.returns, 0) as returns,
        coalesce(s.net_sales, 0) as net_sales,
        coalesce(s.cost_of_goods, 0) as cost_of_goods,
        coalesce(u.customers, 0) as customers,
        coalesce(u.new_customers, 0) as new_customers,
        coalesce(u.returning_customers, 0) as returning_customers,
        coalesce(u.reactivated_customers, 0) as reactivated_customers,
        coalesce(u.repurchasers, 0) as repurchasers,
        cast(
            sum(coalesce(u.acquired, 0)) over (
                partition by c.period, m.dimension, m.member order by c.number
                rows between unbounded preceding and current row
            ) as bigint
        ) as acquired_customers,
        coalesce(
            lag(coalesce(u.customers, 0)) over (
                partition by c.period, m.dimension, m.member order by c.number
            ), 0
        ) as earlier_customers,
        coalesce(
            lag(coalesce(u.lost_afterwards, 0)) over (
                partition by c.period, m.dimension, m.member order by c.number
            ), 0
        ) as lost_customers
    from calendar c
    cross join member_name m
    left join money_sum s
        on
            s.period = c.period and s.number = c.number
            and s.dimension = m.dimension and s.member = m.member
    left join order_sum o
        on
            o.period = c.period and o.number = c.number
            and o.dimension = m.dimension and o.member = m.member
    left join customer_sum u
        on
            u.period = c.period and u.number = c.number
            and u.dimension = m.dimension and u.member = m.member
),

final as (
    select
        period,
        starts_on as period_start_on,
        dimension,
        member,
        ends_before <= cast(:as_of + interval '1' day as date) as is_complete,
        orders,
        orders - customer_orders as anonymous_orders,
        gross_sales,
        discounts,
        returns,
        net_sales,
        cost_of_goods,
        net_sales - cost_of_goods as gross_margin,
        customers,
        acquired_customers,
        new_customers,
        returning_customers,
        reactivated_customers,
        lost_customers,
        cast(customers as double) / nullif(cast(acquired_customers as double), 0e0)
            as activity_rate,
        cast(repurchasers as double) / nullif(cast(customers as double), 0e0) as repurchase_rate,
        cast(
            round(cast(net_sales as double) / nullif(cast(orders as double), 0e0), 4)
            as decimal(18, 4)
        ) as average_basket,
        cast(customer_orders as double) / nullif(cast(customers as double), 0e0)
            as purchase_frequency,
        cast(returning_customers as double) / nullif(cast(earlier_customers as double), 0e0)
            as retention_rate,
        cast(discounts as double) / nullif(cast(gross_sales as double), 0e0) as discount_rate,
        cast(returns as double) / nullif(cast(gross_sales - discounts as double), 0e0)
            as return_rate
    from filled
)

select * from final
