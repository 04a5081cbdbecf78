-- grain: one row a pair of identifiers that belong to one customer, in both directions
-- An identifier is '<rank of kind>|<source>|<value>', so that the least one of a customer is a
-- source's own id where there is one. A phone number refers to a customer only where a record has
-- neither id nor e-mail.
with part as (
    select feed, load_id, name as part_id
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part'
),

record as (
    select o.source, o.customer_id, o.email, o.phone, o.ordered_at as known_at
    from accepted_orders o
    join part p on p.feed = 'orders' and p.part_id = o.part_id and p.load_id = o.load_id
    union all
    select c.source, c.customer_id, c.email, c.phone, c.created_at as known_at
    from accepted_customers c
    join part p on p.feed = 'customers' and p.part_id = c.part_id and p.load_id = c.load_id
),

known as (
    select
        '1|' || source || '|' || customer_id as source_identifier,
        '2||' || email as email_identifier,
        '3||' || phone as phone_identifier
    from record
    where
        known_at is null
        or cast(
            cast(
                cast(known_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) <= :as_of
),

pair as (
    select
        coalesce(source_identifier, email_identifier, phone_identifier) as identifier,
        coalesce(email_identifier, source_identifier, phone_identifier) as linked_identifier
    from known
),

-- One pass over the pairs: each member of a union would read the accepted rows again.
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
    where identifier is not null
)

select * from final
