-- grain: one row an identifier of a customer
-- A customer keeps the key of the night before. Where customers were joined the least key stays;
-- where one was split it stays with the part that has the least identifier.
with component as (
    select identifier, component
    from identity_component
    where snapshot_on = :as_of and run_id = :run_id
),

part as (
    select
        identifier,
        component,
        case substr(identifier, 1, 1)
            when '1' then 'source_id' when '2' then 'email' else 'phone'
        end as kind,
        substr(identifier, 3, strpos(substr(identifier, 3), '|') - 1) as source,
        substr(identifier, 3 + strpos(substr(identifier, 3), '|')) as value
    from component
),

earlier as (
    select customer_key, source, kind, value
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
    join earlier e on e.source = p.source and e.kind = p.kind and e.value = p.value
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
                p.component || coalesce('|' || c.claimed_key || '|' || cast(:as_of as varchar), '')
            )))), 1, 20)
        ) as customer_key
    from (select distinct component from part) p
    left join carried c on c.component = p.component
),

final as (
    select
        k.customer_key,
        p.source,
        p.kind,
        p.value,
        p.kind as match_rule,
        'exact' as match_level
    from part p
    join keyed k on k.component = p.component
)

select * from final
