-- grain: one row an identifier
-- One round of connected components: an identifier takes the least label within three links of it,
-- then that label's own label, which halves the length of a chain each round. Links stand in both
-- directions, so that a hop along them is a window over one end or the other, and no second scan.
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

first_hop as (
    select l.*, min(label) over (partition by identifier) as first_label
    from labelled l
),

second_hop as (
    select f.*, min(first_label) over (partition by linked_identifier) as second_label
    from first_hop f
),

third_hop as (
    select
        identifier,
        min(second_label) as label,
        min(case when linked_identifier = identifier then label end) as own_label
    from second_hop
    group by identifier
),

jump as (
    select
        h.identifier,
        h.own_label,
        case when e.component < h.label then e.component else h.label end as component
    from third_hop h
    left join earlier e on e.identifier = h.label
),

final as (
    select identifier, component, component <> own_label as is_changed
    from jump
)

select * from final
