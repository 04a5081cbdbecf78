-- grain: one row a segment, empty ones included
-- Ranked by predicted value, and all of a scheme by booked value where one member lacks a prediction.
with segment_name as (
    select k.scheme, s.segment, s.place, s.action
    from (
        values
        ('champions', 1, 'thank_and_show_first'),
        ('loyal', 2, 'offer_better_or_benefit'),
        ('cannot_lose', 3, 'call_or_write_in_person'),
        ('at_risk', 4, 'win_back_with_own_offer'),
        ('potential_loyalists', 5, 'invite_to_second_category'),
        ('need_attention', 6, 'offer_what_they_bought'),
        ('new_customers', 7, 'welcome_and_win_second_order'),
        ('promising', 8, 'remind_and_win_second_order'),
        ('about_to_sleep', 9, 'remind_without_discount'),
        ('hibernating', 10, 'wait_without_spending'),
        ('lost', 11, 'last_attempt_only')
    ) as s (segment, place, action)
    cross join (values ('rfm'), ('rfm_plain')) as k (scheme)
),

member as (
    select customer_key, scheme, segment
    from segment_member
    where snapshot_on = :as_of and run_id = :run_id
),

valued as (
    select customer_key, historic_value_12m, predicted_clv_12m, p_alive
    from customer_value
    where snapshot_on = :as_of and run_id = :run_id
),

summed as (
    select
        m.scheme,
        m.segment,
        count(*) as count_customers,
        sum(v.historic_value_12m) as net_sales_12m,
        case when count(v.predicted_clv_12m) = count(*) then sum(v.predicted_clv_12m) end
            as predicted_clv_12m,
        sum(cast(round(v.p_alive, 4) as decimal(18, 4))) as sum_p_alive,
        count(v.p_alive) as count_p_alive
    from member m
    join valued v on v.customer_key = m.customer_key
    group by m.scheme, m.segment
),

ranked as (
    select
        n.scheme,
        n.segment,
        n.place,
        coalesce(s.count_customers, 0) as count_customers,
        coalesce(s.net_sales_12m, 0) as net_sales_12m,
        case when s.segment is null then 0 else s.predicted_clv_12m end as predicted_clv_12m,
        case
            when bool_or(s.segment is not null and s.predicted_clv_12m is null) over (
                partition by n.scheme
            )
                then 'booked'
            else 'predicted'
        end as ranked_by,
        cast(s.sum_p_alive as double) / nullif(cast(s.count_p_alive as double), 0e0)
            as mean_p_alive,
        n.action
    from segment_name n
    left join summed s on s.scheme = n.scheme and s.segment = n.segment
),

final as (
    select
        r.*,
        row_number() over (
            partition by scheme
            order by
                case when ranked_by = 'predicted' then predicted_clv_12m else 0 end desc,
                net_sales_12m desc, segment
        ) as priority_rank
    from ranked r
)

select * from final
