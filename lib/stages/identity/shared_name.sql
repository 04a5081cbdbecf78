-- grain: one row a name that carriers of a shared identifier have
-- Names are one person's when their first names are within one edit, one is a part, the initial or
-- the short form of the other, or first and last name are swapped. People of one family have one last
-- name, and a last name changes by marriage: it tells apart only where no first name does.
with carrier as (
    select kind, source, joins_as, first_name, last_name
    from shared_identifier
    where
        snapshot_on = :as_of and run_id = :run_id
        and (first_name is not null or last_name is not null)
),

nickname as (
    select distinct a.name, b.name as other_name
    from (:nicknames) as a (person_name, name)
    join (:nicknames) as b (person_name, name) on b.person_name = a.person_name
),

name as (
    select
        kind,
        source,
        joins_as,
        coalesce(first_name, '') as first_name,
        coalesce(last_name, '') as last_name,
        -- The distance is of bytes on one engine and of letters on the other: the same in ASCII.
        coalesce(regexp_extract(first_name, '^[ -~]{3,}$'), '') as first_letters,
        coalesce(regexp_extract(last_name, '^[ -~]{3,}$'), '') as last_letters,
        count(*) as count_carriers
    from carrier
    group by kind, source, joins_as, first_name, last_name
),

placed as (
    select
        n.*,
        row_number() over (
            partition by kind, source, joins_as order by count_carriers desc, first_name, last_name
        ) as place
    from name n
),

-- Of so many names each is one: nobody has them all, and pairs would be the square of them.
compared as (
    select
        a.kind,
        a.source,
        a.joins_as,
        a.place,
        b.place as other_place,
        a.first_name <> '' and b.first_name <> '' as has_first_names,
        a.first_name = b.last_name and a.last_name = b.first_name as is_swapped,
        a.first_letters <> '' and b.first_letters <> ''
        and levenshtein_distance(a.first_letters, b.first_letters) <= 1 as is_first_near,
        strpos(' ' || a.first_name || ' ', ' ' || b.first_name || ' ') > 0
        or strpos(' ' || b.first_name || ' ', ' ' || a.first_name || ' ') > 0 as is_first_within,
        (substr(a.first_name || ' ', 2, 1) = ' ' or substr(b.first_name || ' ', 2, 1) = ' ')
        and substr(a.first_name, 1, 1) = substr(b.first_name, 1, 1) as is_initial,
        k.name is not null as is_nickname,
        a.last_name = b.last_name
        or (
            a.last_letters <> '' and b.last_letters <> ''
            and levenshtein_distance(a.last_letters, b.last_letters) <= 1
        ) as is_last_near
    from placed a
    join placed b on b.kind = a.kind and b.source = a.source and b.joins_as = a.joins_as
    left join nickname k on k.name = a.first_name and k.other_name = b.first_name
    where a.place <= :most_compared_names and b.place <= :most_compared_names
),

alike as (
    select
        c.*,
        is_swapped
        or (has_first_names and (is_first_near or is_first_within or is_initial or is_nickname))
        or (not has_first_names and is_last_near) as is_one_person
    from compared c
),

-- Whom most names are like stands for the person, so that two typing errors are one.
central as (
    select
        kind, source, joins_as, place, other_place, is_one_person, is_last_near,
        count(case when is_one_person then 1 end) over (
            partition by kind, source, joins_as, other_place
        ) as count_alike
    from alike
),

numbered as (
    select
        kind, source, joins_as, place, other_place,
        row_number() over (
            partition by kind, source, joins_as, place order by count_alike desc, other_place
        ) as nearness
    from central
    where is_one_person
),

surname as (
    select kind, source, joins_as, place, min(other_place) as last_name_number
    from central
    where is_last_near
    group by kind, source, joins_as, place
),

final as (
    select
        p.kind,
        p.source,
        p.joins_as,
        p.first_name,
        p.last_name,
        p.count_carriers,
        coalesce(n.other_place, p.place) as person_number,
        coalesce(s.last_name_number, p.place) as last_name_number
    from placed p
    left join numbered n
        on n.kind = p.kind and n.source = p.source and n.joins_as = p.joins_as
        and n.place = p.place and n.nearness = 1
    left join surname s
        on s.kind = p.kind and s.source = p.source and s.joins_as = p.joins_as
        and s.place = p.place
)

select * from final
