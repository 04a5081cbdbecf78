-- grain: one row a segment, empty ones included
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
        sum(v.predicted_clv_12m) as predicted_clv_12m,
        sum(cast(round(v.p_alive, 4) as decimal(18, 4))) as sum_p_alive,
        count(v.p_alive) as count_p_alive
    from member m
    join valued v on v.customer_key = m.customer_key
    group by m.scheme, m.segment
),

final as (
    select
        n.scheme,
        n.segment,
        n.place,
        coalesce(s.count_customers, 0) as count_customers,
        coalesce(s.net_sales_12m, 0) as net_sales_12m,
        coalesce(s.predicted_clv_12m, 0) as predicted_clv_12m,
        cast(s.sum_p_alive as double) / nullif(cast(s.count_p_alive as double), 0e0)
            as mean_p_alive,
        row_number() over (
            partition by n.scheme
            order by coalesce(s.predicted_clv_12m, 0) desc, coalesce(s.net_sales_12m, 0) desc, n.segment
        ) as priority_rank,
        n.action
    from segment_name n
    left join summed s on s.scheme = n.scheme and s.segment = n.segment
)

select * from final
