-- grain: one row a period, dimension and member with an order in it
with document as (
    select
        customer_key,
        ordered_on,
        channel,
        order_number,
        min(ordered_on) over (partition by customer_key) as first_ordered_on
    from sales_order
    where snapshot_on = :as_of and run_id = :run_id and is_order
),

period as (
    select period, period_start_on, period_end_on, period_number
    from calendar
    where snapshot_on = :as_of and run_id = :run_id
),

-- One pass for all periods and dimensions: an engine that writes a CTE in at each place of its name
-- would read the orders again for each member of a union.
dated_order as (
    select
        p.period,
        p.period_start_on,
        p.period_number,
        k.dimension,
        case when k.dimension = 'total' then 'all' else d.channel end as member,
        d.customer_key,
        d.order_number,
        d.first_ordered_on >= p.period_start_on as is_new
    from document d
    join period p on d.ordered_on between p.period_start_on and p.period_end_on
    cross join (values ('total'), ('channel')) as k (dimension)
),

-- anonymous orders are one row without a customer
activity as (
    select
        period,
        period_start_on,
        period_number,
        dimension,
        member,
        customer_key,
        count(*) as orders,
        bool_or(is_new) as is_new,
        max(order_number) > 1 as has_ordered_before,
        lag(period_number) over (
            partition by period, dimension, member, customer_key order by period_number
        ) as earlier_number,
        lead(period_number) over (
            partition by period, dimension, member, customer_key order by period_number
        ) as later_number
    from dated_order
    group by period, period_start_on, period_number, dimension, member, customer_key
),

compared as (
    select
        a.*,
        customer_key is not null as is_known,
        coalesce(earlier_number = period_number - 1, false) as was_there_before,
        coalesce(later_number = period_number + 1, false) as is_there_after
    from activity a
),

final as (
    select
        period,
        period_start_on,
        dimension,
        member,
        sum(orders) as orders,
        sum(case when is_known then orders else 0 end) as customer_orders,
        count(customer_key) as customers,
        count(case when is_known and earlier_number is null then 1 end) as first_time_customers,
        count(case when is_known and is_new then 1 end) as new_customers,
        count(case when is_known and was_there_before then 1 end) as returning_customers,
        count(case when is_known and not is_new and not was_there_before then 1 end)
            as reactivated_customers,
        count(case when is_known and has_ordered_before then 1 end) as repurchasers,
        count(case when is_known and not is_there_after then 1 end) as lost_afterwards
    from compared
    group by period, period_start_on, dimension, member
)

select * from final
