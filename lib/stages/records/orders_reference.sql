-- grain: one row a set of identifiers that order lines of a source carry together
-- What identity needs of orders: a customer's orders are many, the ways they refer to him are few.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

record as (
    select
        load_id, record_number, source, reference_kind, reference_source, reference_value, email, phone,
        ordered_at, ordered_on, status
    from orders_record
    where
        snapshot_on = :as_of and run_id = :run_id and reference_value is not null
        and not is_refund
),

reference as (
    select
        r.source,
        r.reference_kind,
        r.reference_source,
        r.reference_value,
        r.email,
        r.phone,
        min(r.ordered_on) as first_ordered_on,
        min(r.ordered_at) as first_ordered_at,
        max(r.ordered_at) as last_ordered_at,
        max(p.load_rank) as last_load_rank,
        max(r.record_number) as last_record_number,
        bool_or(r.status not in ('cancelled', 'open')) as has_order
    from record r
    join part p on p.load_id = r.load_id
    group by
        r.source, r.reference_kind, r.reference_source, r.reference_value, r.email, r.phone
),

final as (
    select
        source,
        reference_kind,
        reference_source,
        reference_value,
        email,
        phone,
        first_ordered_on,
        first_ordered_at,
        last_ordered_at,
        has_order,
        row_number() over (
            partition by reference_kind, reference_source, reference_value
            order by
                last_ordered_at desc, last_load_rank desc, last_record_number desc, email, phone,
                source
        ) as place
    from reference
)

select * from final
