-- grain: one row a carrier of an identifier that more than one carries
-- A carrier is a reference with the newest of what its records tell about the person; of records
-- that refer to nothing but the identifier itself, each name is one.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'customers'
),

held as (
    select
        reference_kind, reference_source, reference_value, kind, source,
        coalesce(joins_as, value) as joins_as,
        bool_or(is_reference) as is_reference
    from record_identifier
    where
        snapshot_on = :as_of and run_id = :run_id and kind <> 'source_id' and not is_given_up
    group by
        reference_kind, reference_source, reference_value, kind, source, coalesce(joins_as, value)
),

customer_record as (
    select
        load_id, record_number, reference_kind, reference_source, reference_value,
        first_name_folded, last_name_folded, birth_date, phone, changed_at
    from customers_record
    where snapshot_on = :as_of and run_id = :run_id
),

ordering as (
    select reference_kind, reference_source, reference_value, phone, last_ordered_at, place
    from orders_reference
    where snapshot_on = :as_of and run_id = :run_id
),

state as (
    select
        c.reference_kind, c.reference_source, c.reference_value,
        c.first_name_folded as first_name,
        c.last_name_folded as last_name,
        c.birth_date, c.phone, c.changed_at, p.load_rank, c.record_number,
        cast(null as bigint) as place
    from customer_record c
    join part p on p.load_id = c.load_id
    union all
    select
        reference_kind, reference_source, reference_value,
        cast(null as varchar) as first_name,
        cast(null as varchar) as last_name,
        cast(null as date) as birth_date,
        phone,
        last_ordered_at as changed_at,
        cast(null as bigint) as load_rank,
        cast(null as bigint) as record_number,
        place
    from ordering
),

carried as (
    select
        h.kind,
        h.source,
        h.joins_as,
        h.reference_kind,
        h.reference_source,
        case
            when h.is_reference
                then coalesce(s.first_name, '') || '|' || coalesce(s.last_name, '')
            else h.reference_value
        end as carrier,
        h.is_reference,
        s.first_name, s.last_name, s.birth_date, s.phone, s.changed_at, s.load_rank,
        s.record_number, s.place
    from held h
    join state s
        on s.reference_kind = h.reference_kind and s.reference_source = h.reference_source
        and s.reference_value = h.reference_value
    where not h.is_reference or s.first_name is not null or s.last_name is not null
),

placed as (
    select
        c.*,
        row_number() over (
            partition by kind, source, joins_as, reference_kind, reference_source, carrier
            order by
                changed_at desc nulls last, load_rank desc, record_number desc, place, phone,
                birth_date
        ) as recency_place
    from carried c
),

newest as (
    select
        kind,
        source,
        joins_as,
        reference_kind,
        reference_source,
        carrier,
        is_reference,
        (array_agg(first_name order by recency_place)
            filter (where first_name is not null or last_name is not null))[1] as first_name,
        (array_agg(last_name order by recency_place)
            filter (where first_name is not null or last_name is not null))[1] as last_name,
        (array_agg(birth_date order by recency_place) filter (where birth_date is not null))[1]
            as birth_date,
        (array_agg(phone order by recency_place) filter (where phone is not null))[1] as phone
    from placed
    group by kind, source, joins_as, reference_kind, reference_source, carrier, is_reference
),

counted as (
    select n.*, count(*) over (partition by kind, source, joins_as) as count_carriers
    from newest n
),

final as (
    select
        kind, source, joins_as, reference_kind, reference_source, carrier, is_reference,
        first_name, last_name, birth_date, phone
    from counted
    where count_carriers > 1
)

select * from final
