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

step as (
    select ordered_on, interval_days
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id and interval_days is not null
),

final as (
    select k.cut_on, s.interval_days, count(*) as count_intervals
    from step s
    join known k on s.ordered_on <= k.cut_on
    group by k.cut_on, s.interval_days
)

select * from final
