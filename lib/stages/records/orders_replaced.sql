-- grain: one row a load that took lines out of orders as they were delivered before
-- They stand in a load before it, or in itself where it holds an order in several states.
-- Lines are the same by their numbers where both deliveries have them, else by product, else by
-- amount.
with part as (
    select load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

numbering as (
    select source, is_restarting
    from orders_numbering
    where snapshot_on = :as_of and run_id = :run_id
),

delivered as (
    select source, order_id, load_id, place, is_numbered, is_changed_lines, counts_from
    from orders_delivery
    where snapshot_on = :as_of and run_id = :run_id
),

-- Orders that were delivered more than once have several places.
version as (
    select
        d.*,
        p.load_rank,
        max(place) over (partition by source, order_id) > 1
        or max(counts_from) over (partition by source, order_id) is not null as is_replaced,
        bool_and(is_numbered) over (partition by source, order_id) as has_line_numbers
    from delivered d
    join part p on p.load_id = d.load_id
),

line as (
    select
        o.source,
        o.load_id,
        case
            when n.is_restarting
                then substr(cast(cast(cast(
                    cast(o.ordered_at as timestamp with time zone) at time zone :time_zone
                    as timestamp) as date) as varchar), 1, 10)
                || ' ' || coalesce(o.store || ' ', '') || o.order_id
            else o.order_id
        end as order_id,
        o.line_id,
        o.updated_at,
        coalesce('product ' || o.product_id, 'amount ' || cast(o.amount as varchar)) as goods
    from accepted_orders o
    join part p on p.part_id = o.part_id and p.load_id = o.load_id
    join numbering n on n.source = o.source
    where o.order_id is not null
),

copies as (
    select
        v.source,
        v.order_id,
        v.place,
        bool_and(v.is_changed_lines) as is_changed_lines,
        case when v.has_line_numbers then l.line_id else l.goods end as same_line,
        case
            when v.has_line_numbers then 1
            else count(case when coalesce(l.updated_at >= v.counts_from, true) then 1 end)
        end as count_lines,
        count(case when l.line_id is null and l.updated_at < v.counts_from then 1 end)
            as earlier_lines
    from version v
    join line l on l.source = v.source and l.order_id = v.order_id and l.load_id = v.load_id
    where v.is_replaced
    group by
        v.source, v.order_id, v.place, v.has_line_numbers,
        case when v.has_line_numbers then l.line_id else l.goods end
),

later as (
    select
        source,
        order_id,
        place,
        bool_and(is_changed_lines) as is_changed_lines,
        max(load_rank) as load_rank
    from version
    where is_replaced
    group by source, order_id, place
),

-- How many of them the delivery after it has.
followed as (
    select
        c.*,
        case
            when lag(place) over (partition by source, order_id, same_line order by place) = place - 1
                then lag(count_lines) over (partition by source, order_id, same_line order by place)
            else 0
        end as kept_lines
    from copies c
),

missing as (
    select
        l.load_rank,
        f.source,
        f.order_id,
        case when l.place = f.place then f.earlier_lines else f.count_lines - f.kept_lines end
            as count_lines
    from followed f
    join later l
        on
            l.source = f.source and l.order_id = f.order_id
            and (l.place = f.place or l.place = f.place - 1)
    -- Changed lines take nothing out of others.
    where l.place = f.place or not (l.is_changed_lines and f.is_changed_lines)
),

final as (
    select
        p.load_id,
        m.source,
        count(distinct m.order_id) as count_orders,
        cast(sum(m.count_lines) as bigint) as count_lines
    from missing m
    join part p on p.load_rank = m.load_rank
    where m.count_lines > 0
    group by p.load_id, m.source
)

select * from final
