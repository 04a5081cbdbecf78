-- grain: one row a member of an audience of a destination
-- Every segment is an audience of every destination that is configured; rfm_plain is for comparison.
with destination as (
    select d.destination
    from (:destinations) as d (destination)
    where d.destination is not null
),

member as (
    select customer_key, scheme, segment
    from segment_member
    where snapshot_on = :as_of and run_id = :run_id and scheme <> 'rfm_plain'
),

worth as (
    select customer_key, predicted_clv_12m, p_alive
    from customer_value
    where snapshot_on = :as_of and run_id = :run_id
),

final as (
    select
        d.destination,
        m.scheme || '-' || m.segment as audience,
        m.customer_key,
        m.scheme,
        m.segment,
        w.predicted_clv_12m,
        w.p_alive
    from member m
    left join worth w on w.customer_key = m.customer_key
    cross join destination d
)

select * from final
