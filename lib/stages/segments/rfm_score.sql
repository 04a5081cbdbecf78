-- grain: one row a customer with a purchase occasion
-- Equal customers have equal scores: a score is the fifth in which the customer's rank falls, ties
-- taking the lowest rank. Ranks go by exact numbers only.
with features as (
    select customer_key, days_since_last, count_orders, net_sales
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and frequency is not null
),

ranked as (
    select
        customer_key,
        rank() over (order by days_since_last desc) as recency_rank,
        rank() over (order by count_orders) as frequency_rank,
        rank() over (order by net_sales) as monetary_rank,
        count(*) over () as count_customers
    from features
),

final as (
    select
        customer_key,
        1 + (recency_rank - 1) * 5 / count_customers as recency_score,
        1 + (frequency_rank - 1) * 5 / count_customers as frequency_score,
        1 + (monetary_rank - 1) * 5 / count_customers as monetary_score
    from ranked
)

select * from final
