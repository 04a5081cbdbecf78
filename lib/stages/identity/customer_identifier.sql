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
    select
        kind, source, value, coalesce(joins_as, value) as joins_as, pseudonym,
        bool_and(is_earlier) as is_earlier
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

-- Each row beside the key it had; a key stays with the part that has its least identifier.
claimed as (
    select
        p.*,
        e.customer_key as earlier_key,
        min(p.identifier) over (partition by e.customer_key) as least_of_key
    from part p
    left join earlier e on e.pseudonym = p.pseudonym
),

carried as (
    select
        c.*,
        min(case when identifier = least_of_key then earlier_key end) over (
            partition by component
        ) as kept_key,
        min(earlier_key) over (partition by component) as claimed_key,
        min(case when identifier = component then pseudonym end) over (
            partition by component
        ) as component_pseudonym
    from claimed c
),

final as (
    select
        coalesce(
            kept_key,
            substr(lower(to_hex(sha256(to_utf8(
                component_pseudonym
                || coalesce('|' || claimed_key || '|' || cast(:as_of as varchar), '')
            )))), 1, 20)
        ) as customer_key,
        source,
        kind,
        value,
        pseudonym,
        kind as match_rule,
        match_level
    from carried
)

select * from final
