-- grain: one row a customer and scheme
-- Who bought long ago and seldom is left alone, unless money speaks against it, or P(alive) where it
-- is known: of those only the scheme rfm knows it. rfm_plain can be computed again for the past.
with score as (
    select customer_key, recency_score, frequency_score, monetary_score, is_guarded
    from rfm_score
    where snapshot_on = :as_of and run_id = :run_id
),

chance as (
    select customer_key, p_alive
    from customer_value
    where snapshot_on = :as_of and run_id = :run_id
),

judged as (
    select
        s.*,
        k.scheme,
        case when k.scheme = 'rfm' then c.p_alive end as p_alive
    from score s
    left join chance c on c.customer_key = s.customer_key
    cross join (values ('rfm'), ('rfm_plain')) as k (scheme)
),

final as (
    select
        customer_key,
        scheme,
        case
            when recency_score >= 4 and frequency_score >= 4 then 'champions'
            when recency_score >= 3 and frequency_score >= 3 then 'loyal'
            when recency_score >= 4 and frequency_score = 2 then 'potential_loyalists'
            when recency_score = 5 then 'new_customers'
            when recency_score = 4 then 'promising'
            when recency_score = 3 and frequency_score = 2 then 'need_attention'
            when recency_score = 3 then 'about_to_sleep'
            when frequency_score = 5 or (frequency_score <= 2 and is_guarded) then 'cannot_lose'
            when frequency_score >= 3 then 'at_risk'
            when p_alive >= 0.5e0 then 'about_to_sleep'
            when recency_score = 2 or p_alive >= 0.3e0 then 'hibernating'
            else 'lost'
        end as segment,
        'rfm_scores recency=' || cast(recency_score as varchar)
        || ' frequency=' || cast(frequency_score as varchar)
        || ' monetary=' || cast(monetary_score as varchar) as reason
    from judged
)

select * from final
