-- grain: one row an order with a number and a load that holds lines of it
-- An order is what it was delivered as last: by its greatest updated_at, for which the time of the
-- delivery stands in, then by the delivery. Only deliveries of changed lines build on one another,
-- and only where all of them number their lines. An order that one file of a series ends with and
-- the next one begins with was cut, and both are one delivery; not where the next one begins with the
-- line that the order began with: that file holds the order anew.
-- A load may hold an order in several states: where lines have no numbers and a product is there as
-- of several times, the lines of the last one count.
with part as (
    select load_id, name as part_id, load_rank, delivered_at, series, series_number, value as delivers
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

numbering as (
    select source, is_restarting
    from orders_numbering
    where snapshot_on = :as_of and run_id = :run_id
),

line as (
    select
        o.source,
        case
            when n.is_restarting
                then substr(cast(cast(cast(
                    cast(o.ordered_at as timestamp with time zone) at time zone :time_zone
                    as timestamp) as date) as varchar), 1, 10)
                || ' ' || coalesce(o.store || ' ', '') || o.order_id
            else o.order_id
        end as order_id,
        o.load_id,
        o.record_number,
        o.line_id,
        coalesce(o.updated_at, p.delivered_at) as changed_at,
        case when o.line_id is null then o.updated_at end as state_at,
        case when o.line_id is null and o.updated_at is not null then coalesce(o.product_id, '') end
            as state_product,
        case
            when p.series is not null
                then lpad(cast(o.record_number as varchar), 18, '0')
                || coalesce('product ' || o.product_id, 'amount ' || cast(o.amount as varchar))
        end as numbered_goods
    from accepted_orders o
    join part p on p.part_id = o.part_id and p.load_id = o.load_id
    join numbering n on n.source = o.source
    where o.order_id is not null
),

order_load as (
    select
        source, order_id, load_id,
        max(changed_at) as changed_at,
        bool_and(line_id is not null) as is_numbered,
        min(record_number) as first_record,
        max(record_number) as last_record,
        substr(min(numbered_goods), 19) as first_goods,
        case
            when
                count(distinct state_product)
                < count(distinct cast(state_at as varchar) || ' ' || state_product)
                then max(state_at)
        end as counts_from
    from line
    group by source, order_id, load_id
),

placed as (
    select
        o.source, o.order_id, o.load_id, o.changed_at, o.is_numbered, o.first_goods, o.counts_from,
        p.load_rank, p.series, p.series_number,
        p.delivers = 'changed_lines' and o.is_numbered as is_changed_lines,
        o.first_record = min(o.first_record) over (partition by o.load_id) as begins_load,
        o.last_record = max(o.last_record) over (partition by o.load_id) as ends_load
    from order_load o
    join part p on p.load_id = o.load_id
),

continued as (
    select
        p.*,
        case
            when
                begins_load
                and lag(case when ends_load then series_number end) over (
                    partition by source, order_id, series order by series_number, load_rank
                ) = series_number - 1
                and lag(first_goods) over (
                    partition by source, order_id, series order by series_number, load_rank
                ) <> first_goods
                then 0
            else 1
        end as is_first_part
    from placed p
),

joined as (
    select
        c.*,
        sum(is_first_part) over (
            partition by source, order_id, series order by series_number, load_rank
            rows between unbounded preceding and current row
        ) as chain
    from continued c
),

delivered as (
    select
        source,
        order_id,
        load_id,
        is_numbered,
        counts_from,
        is_first_part = 0 as is_continued,
        max(changed_at) over (partition by source, order_id, series, chain) as changed_at,
        max(load_rank) over (partition by source, order_id, series, chain) as delivery_rank,
        bool_and(is_changed_lines) over (partition by source, order_id, series, chain)
            as is_changed_lines
    from joined
),

compared as (
    select
        d.*,
        dense_rank() over (
            partition by source, order_id order by changed_at desc, delivery_rank desc
        ) as place,
        bool_and(is_changed_lines) over (
            partition by source, order_id order by changed_at desc, delivery_rank desc
            range between unbounded preceding and current row
        ) as builds_on_others
    from delivered d
),

final as (
    select
        source,
        order_id,
        load_id,
        place,
        place = 1 or builds_on_others as is_counted,
        is_numbered,
        is_changed_lines,
        is_continued,
        counts_from
    from compared
)

select * from final
