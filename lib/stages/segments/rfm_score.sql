-- grain: one row a customer with a purchase occasion
-- Equal customers have equal scores: a score is the fifth in which the customer's rank falls, ties
-- taking the lowest rank. One order is frequency score 1; those with more share 2 to 5 by quarters,
-- because in most shops more than two fifths bought once. Ranks go by exact numbers only.
with features as (
    select customer_key, days_since_last, count_orders, net_sales, count_orders > 1 as is_repeater
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and frequency is not null
),

ranked as (
    select
        customer_key,
        is_repeater,
        rank() over (order by days_since_last desc) as recency_rank,
        rank() over (partition by is_repeater order by count_orders) as frequency_rank,
        rank() over (order by net_sales) as monetary_rank,
        count(*) over () as count_customers,
        count(*) over (partition by is_repeater) as count_alike
    from features
),

final as (
    select
        customer_key,
        1 + (recency_rank - 1) * 5 / nullif(count_customers, 0) as recency_score,
        case when is_repeater then 2 + (frequency_rank - 1) * 4 / nullif(count_alike, 0) else 1 end
            as frequency_score,
        1 + (monetary_rank - 1) * 5 / nullif(count_customers, 0) as monetary_score
    from ranked
)

select * from final
