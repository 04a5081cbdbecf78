-- grain: one row a content of a feed and source that was loaded
-- Of one content read with several mappings the load counts that was noted last, and as of the
-- content's last delivery. A content stays withdrawn until it is delivered later than that was said.
-- Of a source that delivers snapshots only the last counts that is not held back: the one before is
-- what the run published before has read, else the largest that was delivered earlier.
with said as (
    select
        feed,
        content_sha256,
        until_at,
        is_undone,
        row_number() over (
            partition by feed, content_sha256 order by noted_at desc, withdrawal_id
        ) as place
    from withdrawal
),

noted as (
    select
        l.load_id,
        l.feed,
        l.source,
        l.content_sha256,
        l.delivers,
        l.accepted,
        d.modified_at,
        d.object_key,
        row_number() over (
            partition by l.feed, l.source, l.content_sha256 order by d.noted_at desc, l.load_id
        ) as version_place,
        row_number() over (
            partition by l.feed, l.source, l.content_sha256
            order by d.modified_at desc, d.object_key desc, l.load_id
        ) as delivery_place
    from load l
    join delivery d on d.load_id = l.load_id
    where l.status = 'loaded'
),

loaded as (
    select
        feed,
        source,
        content_sha256,
        max(case when version_place = 1 then load_id end) as load_id,
        max(case when version_place = 1 then delivers end) as delivers,
        max(case when version_place = 1 then accepted end) as count_rows,
        max(case when delivery_place = 1 then modified_at end) as modified_at,
        max(case when delivery_place = 1 then object_key end) as object_key
    from noted
    group by feed, source, content_sha256
),

meant as (
    select
        l.*,
        coalesce(not s.is_undone, false) as is_withdrawn,
        coalesce(s.is_undone, false) as is_confirmed,
        row_number() over (
            partition by l.feed, l.source order by l.modified_at, l.object_key, l.load_id
        ) as delivery_rank
    from loaded l
    left join said s
        on s.feed = l.feed and s.content_sha256 = l.content_sha256 and s.place = 1
        and l.modified_at <= s.until_at
),

published as (
    select feed, source, content_sha256, count_rows
    from delivered_content
    where
        snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
        and standing = 'read' and delivers = 'snapshot'
),

-- Of each source the snapshot that readers see the numbers of, unless it was withdrawn since.
seen as (
    select p.feed, p.source, max(p.count_rows) as count_rows
    from published p
    join meant m
        on m.feed = p.feed and m.source = p.source and m.content_sha256 = p.content_sha256
        and not m.is_withdrawn
    group by p.feed, p.source
),

measured as (
    select
        m.*,
        case
            when m.delivers = 'snapshot' and not m.is_withdrawn
                then coalesce(
                    s.count_rows,
                    max(case when not m.is_withdrawn then m.count_rows end) over (
                        partition by m.feed, m.source order by m.delivery_rank
                        rows between unbounded preceding and 1 preceding
                    )
                )
        end as rows_before
    from meant m
    left join seen s on s.feed = m.feed and s.source = m.source
),

weighed as (
    select
        m.*,
        not m.is_confirmed and coalesce(2 * m.count_rows < m.rows_before, false) as is_held
    from measured m
),

placed as (
    select
        w.*,
        max(case when not (w.is_withdrawn or w.is_held) then w.delivery_rank else 0 end) over (
            partition by w.feed, w.source
        ) as chosen_rank
    from weighed w
),

final as (
    select
        feed,
        source,
        content_sha256,
        load_id,
        object_key,
        delivers,
        modified_at,
        count_rows,
        case
            when is_withdrawn then 'withdrawn'
            when delivers <> 'snapshot' or delivery_rank = chosen_rank then 'read'
            when is_held and delivery_rank > chosen_rank then 'held'
            else 'replaced'
        end as standing,
        rows_before
    from placed
)

select * from final
