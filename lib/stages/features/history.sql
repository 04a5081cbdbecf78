-- grain: one row of where the history begins and how far it reaches; none without an order
-- A few stray orders of long before (leading days that hold together fewer than five customers and
-- under one in a hundred, followed by half a year without an order) are no beginning: they would
-- open gates, make cuts and stand for years of which nothing is known. What was published as the
-- beginning stays it unless data come or go before it, so that closed periods stay closed.
-- An order of nobody has no number, and is a newcomer's.
with sold as (
    select ordered_on, coalesce(order_number, 1) = 1 as is_newcomer
    from sales_order
    where snapshot_on = :as_of and run_id = :run_id and is_order
),

published as (
    select max(history_from_on) as history_from_on
    from history
    where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
),

order_day as (
    select ordered_on, count(case when is_newcomer then 1 end) as newcomers
    from sold
    group by ordered_on
),

spaced as (
    select
        ordered_on,
        date_diff('day', lag(ordered_on) over (order by ordered_on), ordered_on) as gap_days,
        lead(ordered_on) over (order by ordered_on) as next_on,
        max(ordered_on) over () as last_on,
        sum(newcomers) over (order by ordered_on) as customers_so_far,
        sum(newcomers) over () as customers
    from order_day
),

found as (
    select
        min(ordered_on) as first_order_on,
        max(last_on) as last_order_on,
        max(case when ordered_on > cast(last_on - interval '12' month as date) then gap_days end)
            as longest_gap_days,
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

beginning as (
    select
        f.*,
        coalesce(f.after_stray_on, f.first_order_on) as found_on,
        case
            when p.history_from_on < f.first_order_on then f.first_order_on
            else p.history_from_on
        end as published_on,
        cast(nullif(:history_from, '') as date) as set_on
    from found f
    cross join published p
),

final as (
    select
        first_order_on,
        case
            when set_on < first_order_on then first_order_on
            when set_on is not null then set_on
            when published_on < found_on then published_on
            else found_on
        end as history_from_on,
        last_order_on,
        case when longest_gap_days > 3 then longest_gap_days else 3 end as usual_silence_days
    from beginning
)

select * from final
