-- grain: one row an identifier that joins nobody
-- Of two or three carriers it joins none where people plainly differ; of more, when there are more
-- than 3 names, birthdays or phones per 10 who tell them (of names and birthdays also more than 10 in
-- all), or more than 5 of one system tell nothing. What was guarded stays so down to half of that, so
-- that one record more changes nothing back.
with identifier as (
    select kind, source, value, coalesce(joins_as, value) as joins_as, pseudonym
    from record_identifier
    where snapshot_on = :as_of and run_id = :run_id and kind <> 'source_id'
    group by kind, source, value, joins_as, pseudonym
),

evidence as (
    select
        kind, source, joins_as, count_carriers, count_others, count_names, tell_name,
        count_birthdays, tell_birthday, count_phones, tell_phone, tell_nothing, most_silent
    from shared_evidence
    where snapshot_on = :as_of and run_id = :run_id
),

earlier as (
    select kind, source, pseudonym, reason, since_on
    from guarded_identifier
    where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
),

placeholder as (
    select p.text
    from (:placeholders) as p (text)
    where p.text is not null
),

-- A list's e-mail ends in the at sign, whatever the domain; its phone is the end of a number.
known as (
    select
        i.kind,
        i.source,
        i.value,
        i.joins_as,
        i.pseudonym,
        i.value in (select text from placeholder)
        or (
            i.kind = 'email'
            and substr(i.value, 1, strpos(i.value, '@')) in (select text from placeholder)
        )
        or (
            i.kind = 'phone'
            and substr(i.value, length(i.value) - 6) in (select text from placeholder)
        ) as is_placeholder,
        max(e.reason) over (partition by i.kind, i.source, i.joins_as) as earlier_reason,
        min(e.since_on) over (partition by i.kind, i.source, i.joins_as) as earlier_since_on
    from identifier i
    left join earlier e
        on e.kind = i.kind and e.source = i.source and e.pseudonym = i.pseudonym
),

judged as (
    select
        kind,
        source,
        joins_as,
        count_carriers <= 3 and count_others > 0 and (count_names > 1 or count_birthdays > 1)
            as is_different,
        count_carriers > 3 and count_names > 1
        and (count_names > 10 or 10 * count_names > 3 * tell_name) as has_many_names,
        count_carriers > 3 and count_birthdays > 1
        and (count_birthdays > 10 or 10 * count_birthdays > 3 * tell_birthday)
            as has_many_birthdays,
        -- One person has several phones: they tell only where names do not.
        count_carriers > 3 and 2 * tell_name < count_carriers
        and count_phones > 1 and 10 * count_phones > 3 * tell_phone as has_many_phones,
        2 * tell_nothing > count_carriers and most_silent > 5 as is_silent,
        (count_names > 1 and (count_names > 5 or 20 * count_names >= 3 * tell_name))
        or (
            count_birthdays > 1
            and (count_birthdays > 5 or 20 * count_birthdays >= 3 * tell_birthday)
        )
        or (
            tell_name < count_carriers and count_phones > 1
            and 20 * count_phones >= 3 * tell_phone
        )
        or 2 * most_silent > 5 as is_above_half,
        count_carriers,
        count_names,
        count_birthdays,
        count_phones
    from evidence
),

reasoned as (
    select
        k.kind,
        k.source,
        k.value,
        k.pseudonym,
        case
            when k.is_placeholder then 'placeholder'
            when j.is_different then 'different_people'
            when j.has_many_names then 'many_names'
            when j.has_many_birthdays then 'many_birthdays'
            when j.has_many_phones then 'many_phones'
            when j.is_silent then 'many_unknown'
            when j.is_above_half and k.earlier_reason <> 'placeholder' then k.earlier_reason
        end as reason,
        coalesce(j.count_carriers, 1) as count_carriers,
        coalesce(j.count_names, 0) as count_names,
        coalesce(j.count_birthdays, 0) as count_birthdays,
        coalesce(j.count_phones, 0) as count_phones,
        coalesce(k.earlier_since_on, :as_of) as since_on
    from known k
    left join judged j on j.kind = k.kind and j.source = k.source and j.joins_as = k.joins_as
),

final as (
    select
        kind, source, value, pseudonym, reason, count_carriers, count_names, count_birthdays,
        count_phones, since_on
    from reasoned
    where reason is not null
)

select * from final
