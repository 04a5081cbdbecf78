-- grain: one row with where the history begins; none without a purchase occasion
-- A few stray orders of long before (leading days that hold together fewer than five customers and
-- under one in a hundred, followed by half a year without an order) are no beginning: they would
-- open gates, make cuts and stand for years of which nothing is known.
with occasion as (
    select ordered_on, occasion_number
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id and is_occasion
),

order_day as (
    select ordered_on, count(case when occasion_number = 1 then 1 end) as newcomers
    from occasion
    group by ordered_on
),

spaced as (
    select
        ordered_on,
        lead(ordered_on) over (order by ordered_on) as next_on,
        sum(newcomers) over (order by ordered_on) as customers_so_far,
        sum(newcomers) over () as customers
    from order_day
),

beginning as (
    select
        min(ordered_on) as first_order_on,
        max(
            case
                when
                    customers_so_far < 5 and 100 * customers_so_far < customers
                    and date_diff('day', ordered_on, next_on) >= 180
                    then next_on
            end
        ) as after_stray_on
    from spaced
    having count(*) > 0
),

final as (
    select
        first_order_on,
        coalesce(after_stray_on, first_order_on) as history_from_on
    from beginning
)

select * from final
