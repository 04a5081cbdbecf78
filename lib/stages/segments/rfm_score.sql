-- grain: one row a customer with a purchase occasion
-- Scores are fifths from the best down, and equal customers have equal scores: by recency a block of
-- equals takes the score of its best member, by frequency and money that of its middle rank. One
-- order is frequency score 1; those with more share 2 to 5 by quarters, because in most shops more
-- than two fifths bought once. Ranks go by exact numbers only.
with features as (
    select customer_key, days_since_last, count_orders, net_sales, count_orders > 1 as is_repeater
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and frequency is not null
),

-- places before the block of the customer, and places of the block itself
ranked as (
    select
        customer_key,
        is_repeater,
        net_sales,
        rank() over (order by days_since_last) - 1 as more_recent,
        rank() over (partition by is_repeater order by count_orders desc) - 1 as more_frequent,
        count(*) over (partition by count_orders) as as_frequent,
        rank() over (order by net_sales desc) - 1 as more_monetary,
        count(*) over (partition by net_sales) as as_monetary,
        row_number() over (order by net_sales, customer_key) as place,
        count(*) over () as customers,
        count(*) over (partition by is_repeater) as alike
    from features
),

scored as (
    select
        r.*,
        5 - more_recent * 5 / nullif(customers, 0) as recency_score,
        case
            when is_repeater
                then 5 - (2 * more_frequent + as_frequent - 1) * 4 / nullif(2 * alike, 0)
            else 1
        end as frequency_score,
        case
            when net_sales > 0
                then 5 - (2 * more_monetary + as_monetary - 1) * 5 / nullif(2 * customers, 0)
            else 1
        end as monetary_score,
        -- the two members in the middle, or twice the one
        sum(
            (case when place = (customers + 1) / 2 then net_sales else 0 end)
            + (case when place = customers / 2 + 1 then net_sales else 0 end)
        ) over () as twice_median
    from ranked r
),

final as (
    select
        customer_key,
        recency_score,
        frequency_score,
        monetary_score,
        monetary_score = 5 and net_sales > twice_median
        and 4 * count(case when monetary_score = 5 then 1 end) over () <= customers
            as is_guarded
    from scored
)

select * from final
