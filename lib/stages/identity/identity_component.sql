-- grain: one row an identifier
-- One round of connected components: an identifier takes the least label among those it is linked
-- with, then that label's own label, which halves the length of a chain each round.
with link as (
    select identifier, linked_identifier
    from identity_link
    where snapshot_on = :as_of and run_id = :run_id
),

earlier as (
    select identifier, component
    from identity_component
    where snapshot_on = :as_of and run_id = :round_run_id
),

labelled as (
    select l.identifier, l.linked_identifier, coalesce(e.component, l.linked_identifier) as label
    from link l
    left join earlier e on e.identifier = l.linked_identifier
),

hop as (
    select
        identifier,
        min(label) as label,
        min(case when linked_identifier = identifier then label end) as own_label
    from labelled
    group by identifier
),

jump as (
    select
        h.identifier,
        h.own_label,
        case when e.component < h.label then e.component else h.label end as component
    from hop h
    left join earlier e on e.identifier = h.label
),

final as (
    select identifier, component, component <> own_label as is_changed
    from jump
)

select * from final
