-- grain: one row a pair of identifiers that belong to one customer, in both directions
-- An identifier is '<rank of kind>|<source>|<value>', so that the least one of a customer is a
-- source's own id where there is one. A phone number refers to a customer only where a record has
-- neither id nor e-mail.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'customers'
),

customer_state as (
    select
        load_id, reference_kind, reference_source, reference_value, email, is_earlier_email,
        updated_at
    from customers_record
    where snapshot_on = :as_of and run_id = :run_id
),

ordering as (
    select
        reference_kind, reference_source, reference_value, email, first_ordered_at, last_ordered_at
    from orders_reference
    where snapshot_on = :as_of and run_id = :run_id
),

record as (
    select
        o.reference_kind,
        o.reference_source,
        o.reference_value,
        o.email,
        false as is_earlier_email,
        o.first_ordered_at as first_at,
        o.last_ordered_at as last_at,
        cast(null as bigint) as load_rank
    from ordering o
    union all
    select
        c.reference_kind,
        c.reference_source,
        c.reference_value,
        c.email,
        c.is_earlier_email,
        c.updated_at as first_at,
        c.updated_at as last_at,
        p.load_rank
    from customer_state c
    join part p on p.load_id = c.load_id
),

known as (
    select
        r.*,
        case reference_kind when 'source_id' then '1' when 'email' then '2' else '3' end
        || '|' || reference_source || '|' || reference_value as identifier,
        '2||' || email as email_identifier
    from record r
),

carried as (
    select
        identifier,
        email_identifier,
        bool_or(is_earlier_email) as is_earlier,
        min(first_at) as first_at,
        max(last_at) as last_at,
        min(load_rank) as first_load_rank,
        max(load_rank) as last_load_rank
    from known
    group by identifier, email_identifier
),

-- Whoever began to carry an e-mail last. An order that names nothing else is nobody's claim to it.
claimed as (
    select
        c.*,
        max(case when identifier <> email_identifier then first_at end) over (
            partition by coalesce(email_identifier, identifier)
        ) as claimed_at,
        max(case when identifier <> email_identifier then first_load_rank end) over (
            partition by coalesce(email_identifier, identifier)
        ) as claimed_load_rank
    from carried c
),

-- A customer's earlier e-mail stays with him until another customer carries it newer: by the
-- instants where both tell them, else by the deliveries.
pair as (
    select
        identifier,
        case
            when email_identifier is null then identifier
            when
                is_earlier
                and coalesce(claimed_at > last_at, claimed_load_rank > last_load_rank, false)
                then identifier
            else email_identifier
        end as linked_identifier
    from claimed
),

-- One pass over the pairs: each member of a union would read the records again.
both_ways as (
    select
        case when w.way in (1, 3) then p.identifier else p.linked_identifier end as identifier,
        case when w.way in (1, 4) then p.linked_identifier else p.identifier end
            as linked_identifier
    from pair p
    cross join (values (1), (2), (3), (4)) as w (way)
),

final as (
    select distinct identifier, linked_identifier
    from both_ways
)

select * from final
