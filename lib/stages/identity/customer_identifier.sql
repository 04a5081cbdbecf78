-- grain: one row an identifier of a customer
-- A customer keeps the key of the night before. Where customers were joined the least key stays;
-- where one was split it stays with the part that has the least identifier. A new key is made from
-- the pseudonym of the least identifier, so that nobody can guess it from the identifier.
with component as (
    select identifier, component
    from identity_component
    where snapshot_on = :as_of and run_id = :run_id
),

-- Twice the same where two records hold an identifier; two pseudonyms break the table's key.
told as (
    select kind, source, value, joins_as, pseudonym, bool_and(is_earlier) as is_earlier
    from record_identifier
    where snapshot_on = :as_of and run_id = :run_id and not is_given_up
    group by kind, source, value, joins_as, pseudonym
),

-- Of one provider's spellings of an address the others are linked with the least.
named as (
    select
        t.*,
        case
            when kind = 'phone' then 'loose'
            when is_earlier or value <> min(value) over (partition by kind, source, joins_as)
                then 'strict'
            else 'exact'
        end as match_level
    from told t
),

parted as (
    select
        identifier,
        component,
        case substr(identifier, 1, 1)
            when '1' then 'source_id' when '2' then 'email' when '3' then 'loyalty_id' else 'phone'
        end as kind,
        substr(identifier, 3, strpos(substr(identifier, 3), '|') - 1) as source,
        substr(identifier, 3 + strpos(substr(identifier, 3), '|')) as value
    from component
),

part as (
    select p.identifier, p.component, p.kind, p.source, p.value, n.pseudonym, n.match_level
    from parted p
    left join named n on n.kind = p.kind and n.source = p.source and n.value = p.value
),

-- A key of an older version, without a pseudonym, or of another secret is not carried over.
earlier as (
    select customer_key, pseudonym
    from customer_identifier
    where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
),

claim as (
    select
        p.component,
        e.customer_key,
        row_number() over (
            partition by e.customer_key order by min(p.identifier), p.component
        ) as key_place
    from part p
    join earlier e on e.pseudonym = p.pseudonym
    group by p.component, e.customer_key
),

carried as (
    select
        component,
        min(case when key_place = 1 then customer_key end) as kept_key,
        min(customer_key) as claimed_key
    from claim
    group by component
),

keyed as (
    select
        p.component,
        coalesce(
            c.kept_key,
            substr(lower(to_hex(sha256(to_utf8(
                p.pseudonym || coalesce('|' || c.claimed_key || '|' || cast(:as_of as varchar), '')
            )))), 1, 20)
        ) as customer_key
    from part p
    left join carried c on c.component = p.component
    where p.identifier = p.component
),

final as (
    select
        k.customer_key,
        p.source,
        p.kind,
        p.value,
        p.pseudonym,
        p.kind as match_rule,
        p.match_level
    from part p
    join keyed k on k.component = p.component
)

select * from final
