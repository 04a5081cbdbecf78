-- grain: one row a pair of identifiers that belong to one customer, in both directions
-- An identifier is '<rank of kind>|<source>|<value>', so that the least one of a customer is a
-- source's own id where there is one. What a guarded reference refers to is nobody.
with guarded as (
    select kind, source, value
    from guarded_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

known as (
    select
        reference_kind, reference_source, reference_value, kind, source, value,
        coalesce(joins_as, value) as joins_as, is_reference, is_given_up
    from record_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

carried as (
    select
        r.reference_kind,
        r.reference_source,
        r.reference_value,
        r.kind,
        r.source,
        r.value,
        r.joins_as,
        case r.reference_kind
            when 'source_id' then '1' when 'email' then '2' when 'loyalty_id' then '3' else '4'
        end || '|' || r.reference_source || '|' || r.reference_value as reference,
        case r.kind
            when 'source_id' then '1' when 'email' then '2' when 'loyalty_id' then '3' else '4'
        end || '|' || r.source || '|' || r.value as identifier,
        r.is_reference,
        r.is_given_up,
        g.value is not null as is_guarded
    from known r
    left join guarded g
        on g.kind = r.kind and g.source = r.source and g.value = r.value
),

referring as (
    select
        c.*,
        bool_or(is_reference and is_guarded) over (
            partition by reference_kind, reference_source, reference_value
        ) as is_nobody
    from carried c
),

-- One provider's spellings of an address are linked with the least of them.
pair as (
    select
        reference,
        identifier,
        min(identifier) over (partition by kind, source, joins_as) as least_identifier
    from referring
    where not is_nobody and not is_guarded and not is_given_up
),

-- One pass over the pairs: each member of a union would read the records again.
both_ways as (
    select
        case w.way
            when 1 then p.reference when 4 then p.least_identifier else p.identifier
        end as identifier,
        case w.way
            when 2 then p.reference when 3 then p.least_identifier else p.identifier
        end as linked_identifier
    from pair p
    cross join (values (1), (2), (3), (4), (5)) as w (way)
),

final as (
    select distinct identifier, linked_identifier
    from both_ways
)

select * from final
