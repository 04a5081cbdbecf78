-- grain: one row a part that this night reads, a setting it uses, or a thing it carries over
-- A load is read from its own part, or from the newest compacted one that holds it.
-- orders-1.csv and orders-2.csv are of one series, and so are orders_20250131_1.csv and _2, or 1_of_2
-- and 2_of_2; 2025-01.csv and 2025-02.csv are of none. Of one key only the content that was delivered
-- last is.
with ranked as (
    select
        load_id,
        feed,
        source,
        delivers,
        modified_at,
        object_key,
        row_number() over (
            partition by feed order by modified_at, object_key, load_id
        ) as load_rank,
        row_number() over (
            partition by feed, source, object_key order by modified_at desc, load_id desc
        ) as key_place
    from delivered_content
    where snapshot_on = :as_of and run_id = :run_id and standing = 'read'
),

serial as (
    select
        r.*,
        case
            when key_place = 1
                then nullif(regexp_extract(lower(object_key), '^(.*?(?:[^-0-9/() _.][-_. ]?|20[0-9]{2}[-_.]?[0-9]{2}[-_.]?[0-9]{2}[-_. ]))0*[0-9]{1,3}(?:[-_ ]?of[-_ ]?[0-9]{1,3})?[.](?:csv|tsv|txt|jsonl|parquet)(?:[.]gz)?$', 1), '')
        end as series,
        nullif(regexp_extract(lower(object_key), '([0-9]{1,3})(?:[-_ ]?of[-_ ]?[0-9]{1,3})?[.][a-z.]+$', 1), '')
            as digits
    from ranked r
),

compacted as (
    select
        load_id,
        part_id,
        row_number() over (partition by load_id order by compacted_at desc, part_id) as place
    from compaction
),

part as (
    select
        'part' as kind,
        coalesce(c.part_id, r.load_id) as name,
        r.load_id,
        r.feed,
        r.source,
        r.load_rank,
        r.modified_at as delivered_at,
        r.series,
        case when r.series is not null then cast(r.digits as bigint) end as series_number,
        r.delivers as value
    from serial r
    left join compacted c on c.load_id = r.load_id and c.place = 1
),

-- Without a setting the reporting currency is the only one that the files name; with several none.
reporting as (
    select
        case
            when :currency <> '' then :currency
            when min(l.currencies) = max(l.currencies) and not max(l.currencies) like '% %'
                then max(l.currencies)
        end as currency
    from part p
    join load l on l.load_id = p.load_id
),

setting as (
    select
        s.kind,
        s.name,
        '' as load_id,
        cast(null as varchar) as feed,
        cast(null as varchar) as source,
        cast(null as bigint) as load_rank,
        cast(null as timestamp(3)) as delivered_at,
        cast(null as varchar) as series,
        cast(null as bigint) as series_number,
        s.value
    from (
        values
        ('setting', 'as_of', cast(:as_of as varchar)),
        ('setting', 'time_zone', cast(:time_zone as varchar)),
        ('setting', 'history_from', nullif(:history_from, '')),
        ('setting', 'margin_rate', cast(:margin_rate as varchar)),
        ('setting', 'discount_rate', cast(:discount_rate as varchar)),
        ('carried', 'previous_snapshot_on', cast(:previous_snapshot_on as varchar)),
        ('carried', 'previous_run_id', cast(:previous_run_id as varchar))
    ) as s (kind, name, value)
),

final as (
    select
        kind, name, load_id, feed, source, load_rank, delivered_at, series, series_number, value
    from part
    union all
    select
        kind, name, load_id, feed, source, load_rank, delivered_at, series, series_number, value
    from setting
    union all
    select
        'setting', 'currency', '', cast(null as varchar), cast(null as varchar),
        cast(null as bigint), cast(null as timestamp(3)), cast(null as varchar),
        cast(null as bigint), currency
    from reporting
)

select * from final
