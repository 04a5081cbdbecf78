-- grain: one row a customer and scheme
with score as (
    select customer_key, recency_score, frequency_score, monetary_score
    from rfm_score
    where snapshot_on = :as_of and run_id = :run_id
),

final as (
    select
        customer_key,
        'rfm' as scheme,
        case
            when recency_score >= 4 and frequency_score >= 4 then 'champions'
            when recency_score >= 3 and frequency_score >= 3 then 'loyal'
            when recency_score >= 4 and frequency_score = 2 then 'potential_loyalists'
            when recency_score = 5 then 'new_customers'
            when recency_score = 4 then 'promising'
            when recency_score = 3 and frequency_score = 2 then 'need_attention'
            when recency_score = 3 then 'about_to_sleep'
            when frequency_score = 5 then 'cannot_lose'
            when frequency_score >= 3 then 'at_risk'
            when recency_score = 2 then 'hibernating'
            else 'lost'
        end as segment,
        'rfm_scores recency=' || cast(recency_score as varchar)
        || ' frequency=' || cast(frequency_score as varchar)
        || ' monetary=' || cast(monetary_score as varchar) as reason
    from score
)

select * from final
