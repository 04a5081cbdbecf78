-- grain: one row an identifier that the records of one reference carry, the reference itself too
-- A phone number that stands beside an id or an e-mail is no identifier: households share it.
with part as (
    select load_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part'
),

customer_record as (
    select
        load_id, reference_kind, reference_source, reference_value, email, is_earlier_email,
        loyalty_id, updated_at
    from customers_record
    where snapshot_on = :as_of and run_id = :run_id
),

ordering as (
    select
        reference_kind, reference_source, reference_value, email, first_ordered_at, last_ordered_at
    from orders_reference
    where snapshot_on = :as_of and run_id = :run_id
),

named as (
    select distinct n.kind, n.source, n.value, n.pseudonym
    from pseudonym n
    join part p on p.load_id = n.load_id
),

record as (
    select
        o.reference_kind,
        o.reference_source,
        o.reference_value,
        o.email,
        false as is_earlier_email,
        cast(null as varchar) as loyalty_id,
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
        c.loyalty_id,
        c.updated_at as first_at,
        c.updated_at as last_at,
        p.load_rank
    from customer_record c
    join part p on p.load_id = c.load_id
),

-- A row for each identifier that a record has.
told as (
    select
        r.*,
        case w.place when 1 then reference_kind when 2 then 'email' else 'loyalty_id' end as kind,
        case w.place when 1 then reference_source else '' end as source,
        case w.place when 1 then reference_value when 2 then email else loyalty_id end as value,
        w.place = 2 and is_earlier_email as is_earlier
    from record r
    cross join (values (1), (2), (3)) as w (place)
),

carried as (
    select
        reference_kind,
        reference_source,
        reference_value,
        kind,
        source,
        value,
        reference_kind = kind and reference_value = value as is_reference,
        bool_or(is_earlier) as is_earlier,
        min(first_at) as first_at,
        max(last_at) as last_at,
        min(load_rank) as first_load_rank,
        max(load_rank) as last_load_rank
    from told
    where value is not null
    group by reference_kind, reference_source, reference_value, kind, source, value
),

parted as (
    select
        c.*,
        substr(value, 1, strpos(value, '@') - 1) as local_part,
        kind = 'email' and substr(value, strpos(value, '@') + 1) in ('gmail.com', 'googlemail.com')
            as is_gmail
    from carried c
),

-- Gmail delivers whatever the dots, and whatever stands behind a plus, to one box.
provided as (
    select
        p.*,
        case
            when is_gmail then coalesce(
                replace(nullif(split_part(local_part, '+', 1), ''), '.', '') || '@gmail.com', value
            )
            else value
        end as joins_as
    from parted p
),

-- Whoever began to carry it last. A record that names nothing else is nobody's claim to it.
claimed as (
    select
        p.*,
        max(case when not is_reference then first_at end) over (
            partition by kind, source, joins_as
        ) as claimed_at,
        max(case when not is_reference then first_load_rank end) over (
            partition by kind, source, joins_as
        ) as claimed_load_rank
    from provided p
),

-- A customer's earlier e-mail stays with him until another customer carries it newer: by the
-- instants where both tell them, else by the deliveries.
final as (
    select
        c.reference_kind,
        c.reference_source,
        c.reference_value,
        c.kind,
        c.source,
        c.value,
        nullif(c.joins_as, c.value) as joins_as,
        n.pseudonym,
        c.is_reference,
        c.is_earlier,
        c.is_earlier
        and coalesce(c.claimed_at > c.last_at, c.claimed_load_rank > c.last_load_rank, false)
            as is_given_up
    from claimed c
    left join named n on n.kind = c.kind and n.source = c.source and n.value = c.value
)

select * from final
