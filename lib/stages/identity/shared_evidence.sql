-- grain: one row a shared identifier
-- What its carriers tell, and how many of them tell it.
with shared as (
    select
        kind, source, joins_as, reference_kind, reference_source, is_reference, first_name, last_name,
        birth_date, phone
    from shared_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

known_name as (
    select kind, source, joins_as, first_name, last_name, person_number, last_name_number
    from shared_name
    where snapshot_on = :as_of and run_id = :run_id
),

carrier as (
    select
        s.kind, s.source, s.joins_as, s.reference_kind, s.reference_source, s.is_reference,
        s.birth_date, s.phone, n.person_number, n.last_name_number,
        case
            when n.person_number is null and s.birth_date is null and s.phone is null then 1
            else 0
        end as tells_nothing
    from shared s
    left join known_name n
        on n.kind = s.kind and n.source = s.source and n.joins_as = s.joins_as
        and n.first_name = coalesce(s.first_name, '') and n.last_name = coalesce(s.last_name, '')
),

-- One first name with two last names is a marriage; with more, they are more people.
person as (
    select
        kind, source, joins_as,
        case when count(distinct last_name_number) > 2
            then count(distinct last_name_number) - 1 else 1 end as count_people
    from carrier
    where person_number is not null
    group by kind, source, joins_as, person_number
),

named as (
    select kind, source, joins_as, cast(sum(count_people) as bigint) as count_names
    from person
    group by kind, source, joins_as
),

system as (
    select kind, source, joins_as, sum(tells_nothing) as count_silent
    from carrier
    group by kind, source, joins_as, reference_kind, reference_source
),

silent as (
    select kind, source, joins_as, cast(max(count_silent) as bigint) as most_silent
    from system
    group by kind, source, joins_as
),

counted as (
    select
        kind, source, joins_as,
        count(*) as count_carriers,
        count(case when not is_reference then 1 end) as count_others,
        count(person_number) as tell_name,
        count(distinct birth_date) as count_birthdays,
        count(birth_date) as tell_birthday,
        count(distinct phone) as count_phones,
        count(phone) as tell_phone,
        cast(sum(tells_nothing) as bigint) as tell_nothing
    from carrier
    group by kind, source, joins_as
),

final as (
    select
        c.kind,
        c.source,
        c.joins_as,
        c.count_carriers,
        c.count_others,
        coalesce(n.count_names, 0) as count_names,
        c.tell_name,
        c.count_birthdays,
        c.tell_birthday,
        c.count_phones,
        c.tell_phone,
        c.tell_nothing,
        s.most_silent
    from counted c
    join silent s on s.kind = c.kind and s.source = c.source and s.joins_as = c.joins_as
    left join named n on n.kind = c.kind and n.source = c.source and n.joins_as = c.joins_as
)

select * from final
