-- grain: one row an identifier that joins nobody
-- What readers see of a guarded identifier: its pseudonym, not itself.
with guarded as (
    select
        kind, source, pseudonym, reason, count_carriers, count_names, count_birthdays, count_phones,
        since_on
    from guarded_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

final as (
    select
        kind, source, pseudonym, reason, count_carriers, count_names, count_birthdays, count_phones,
        since_on
    from guarded
)

select * from final
