-- grain: one row a distinct (frequency, recency_days, age_days): all that a likelihood needs
with features as (
    select frequency, recency_days, age_days
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and frequency is not null
),

final as (
    select frequency, recency_days, age_days, count(*) as count_customers
    from features
    group by frequency, recency_days, age_days
)

select * from final
