-- grain: one row a cut (the as-of date too) and length of time between two occasions
with cut as (
    select cut_on
    from back_test_cut
    where snapshot_on = :as_of and run_id = :run_id
),

known as (
    select cut_on from cut
    union all
    select :as_of as cut_on
),

beginning as (
    select history_from_on
    from history
    where snapshot_on = :as_of and run_id = :run_id
),

occasion as (
    select ordered_on, interval_days
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id and interval_days is not null
),

-- both occasions lie within the history
step as (
    select d.ordered_on, d.interval_days
    from occasion d
    join beginning b on date_diff('day', b.history_from_on, d.ordered_on) >= d.interval_days
),

final as (
    select k.cut_on, s.interval_days, count(*) as count_intervals
    from step s
    join known k on s.ordered_on <= k.cut_on
    group by k.cut_on, s.interval_days
)

select * from final
