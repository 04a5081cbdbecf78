-- grain: one row a period, dimension and member with an order in it
-- Whether a customer is new, returning, reactivated or lost is what the customer is to the company:
-- a member counts its customers of the period by that.
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
    select period, period_start_on, counts_from_on, period_end_on, period_number
    from calendar
    where snapshot_on = :as_of and run_id = :run_id
),

dated_order as (
    select
        p.period,
        p.period_start_on,
        p.period_number,
        d.channel,
        d.customer_key,
        d.order_number,
        d.first_ordered_on >= p.period_start_on as is_new
    from document d
    join period p on d.ordered_on between p.counts_from_on and p.period_end_on
),

-- anonymous orders are one row without a customer
activity as (
    select
        period,
        period_start_on,
        period_number,
        channel,
        customer_key,
        count(*) as orders,
        bool_or(is_new) as is_new,
        max(order_number) > 1 as has_ordered_before,
        lag(period_number) over (
            partition by period, customer_key order by period_number, channel
        ) as row_before,
        lead(period_number) over (
            partition by period, customer_key order by period_number, channel
        ) as row_after
    from dated_order
    group by period, period_start_on, period_number, channel, customer_key
),

-- of several channels in one period the first row has the period before, the last the next
neighbours as (
    select
        a.*,
        coalesce(
            min(row_before) over (partition by period, customer_key, period_number)
            = period_number - 1,
            false
        ) as was_there_before,
        coalesce(
            max(row_after) over (partition by period, customer_key, period_number)
            = period_number + 1,
            false
        ) as is_there_after
    from activity a
),

-- One pass for all dimensions: an engine that writes a CTE in at each place of its name would read
-- the orders again for each member of a union.
member_customer as (
    select
        n.period,
        n.period_start_on,
        n.period_number,
        k.dimension,
        case when k.dimension = 'total' then 'all' else n.channel end as member,
        n.customer_key,
        n.customer_key is not null as is_known,
        sum(n.orders) as orders,
        bool_or(n.is_new) as is_new,
        bool_or(n.has_ordered_before) as has_ordered_before,
        bool_or(n.was_there_before) as was_there_before,
        bool_or(n.is_there_after) as is_there_after,
        row_number() over (
            partition by
                n.period, k.dimension, case when k.dimension = 'total' then 'all' else n.channel end,
                n.customer_key
            order by n.period_number
        ) = 1 as is_first_time
    from neighbours n
    cross join (values ('total'), ('channel')) as k (dimension)
    group by
        n.period, n.period_start_on, n.period_number, k.dimension,
        case when k.dimension = 'total' then 'all' else n.channel end, n.customer_key
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
        count(case when is_known and is_first_time then 1 end) as first_time_customers,
        count(case when is_known and is_new then 1 end) as new_customers,
        count(case when is_known and was_there_before then 1 end) as returning_customers,
        count(case when is_known and not is_new and not was_there_before then 1 end)
            as reactivated_customers,
        count(case when is_known and has_ordered_before then 1 end) as repurchasers,
        count(case when is_known and not is_there_after then 1 end) as lost_afterwards
    from member_customer
    group by period, period_start_on, dimension, member
)

select * from final
