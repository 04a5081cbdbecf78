-- grain: one row a member of an audience of a destination, now or by what was sent
-- A member is sent again whether or not anything changed: what a tool lost by itself comes back.
with member as (
    select destination, audience, customer_key, scheme, segment, predicted_clv_12m, p_alive
    from audience_member
    where snapshot_on = :as_of and run_id = :run_id
),

-- The runs whose members a destination may hold, several where a delivery was cut short.
sent as (
    select s.destination, s.audience, s.run_id
    from (:audience_sent) as s (destination, audience, run_id)
),

earlier as (
    select destination, audience, customer_key, scheme, segment, run_id
    from audience_member
    where run_id in (:sent_run_ids)
),

held as (
    select distinct e.destination, e.audience, e.customer_key, e.scheme, e.segment
    from earlier e
    join sent s on s.destination = e.destination and s.audience = e.audience and s.run_id = e.run_id
),

leaver as (
    select h.destination, h.audience, h.customer_key, h.scheme, h.segment
    from held h
    left join member m on m.destination = h.destination and m.audience = h.audience
        and m.customer_key = h.customer_key
    where m.customer_key is null
),

final as (
    select
        destination,
        audience,
        customer_key,
        'upsert' as op,
        scheme,
        segment,
        predicted_clv_12m,
        p_alive
    from member
    union all
    select
        destination,
        audience,
        customer_key,
        'remove' as op,
        scheme,
        segment,
        cast(null as decimal(38, 4)) as predicted_clv_12m,
        cast(null as double) as p_alive
    from leaver
)

select * from final
