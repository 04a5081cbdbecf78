-- grain: one row a distinct (frequency, repeat_occasion_value) of customers who came back
with features as (
    select frequency, repeat_occasion_value
    from customer_features
    where
        snapshot_on = :as_of and run_id = :run_id
        and frequency > 0 and repeat_occasion_value > 0
),

final as (
    select frequency, repeat_occasion_value, count(*) as count_customers
    from features
    group by frequency, repeat_occasion_value
)

select * from final
