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

line as (
    select distinct customer_key, ordered_on
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and customer_key is not null and is_sale
),

step as (
    select
        ordered_on,
        date_diff(
            'day',
            lag(ordered_on) over (partition by customer_key order by ordered_on),
            ordered_on
        ) as interval_days
    from line
),

final as (
    select k.cut_on, s.interval_days, count(*) as count_intervals
    from step s
    join known k on s.ordered_on <= k.cut_on
    where s.interval_days is not null
    group by k.cut_on, s.interval_days
)

select * from final
