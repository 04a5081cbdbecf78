-- grain: one row a source that numbers its orders
-- Numbers begin anew where at least 2 of them and 1 % stand on different days for different
-- customers (or for none that is told), or in different stores for different customers.
with part as (
    select load_id, name as part_id
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

chosen as (
    select c.source, c.numbers
    from (:order_numbers) as c (source, numbers)
),

line as (
    select
        o.source,
        o.order_id,
        o.store,
        cast(
            cast(
                cast(o.ordered_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as ordered_on,
        coalesce('id ' || o.customer_id, 'email ' || o.email, 'phone ' || o.phone) as reference
    from accepted_orders o
    join part p on p.part_id = o.part_id and p.load_id = o.load_id
    where o.order_id is not null
),

occurrence as (
    select
        source,
        order_id,
        store,
        ordered_on,
        min(reference) as first_reference,
        max(reference) as last_reference
    from line
    group by source, order_id, store, ordered_on
),

number as (
    select
        source,
        order_id,
        count(distinct ordered_on) > 1 as has_days,
        count(distinct store) > 1 as has_stores,
        coalesce(min(first_reference) <> max(last_reference), false) as has_customers,
        count(first_reference) < count(*) as has_anonymous
    from occurrence
    group by source, order_id
),

counted as (
    select
        source,
        count(*) as count_numbers,
        count(
            case
                when has_days and (has_customers or has_anonymous) or has_stores and has_customers
                    then 1
            end
        ) as count_restarting
    from number
    group by source
),

final as (
    select
        n.source,
        case
            when c.numbers is not null then c.numbers = 'restart'
            else n.count_restarting >= 2 and 100 * n.count_restarting >= n.count_numbers
        end as is_restarting,
        c.numbers is not null as is_set,
        n.count_numbers,
        n.count_restarting
    from counted n
    left join chosen c on c.source = n.source
)

select * from final
