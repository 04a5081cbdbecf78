-- grain: one row a period and its start, from the first sale to the as-of date
-- A period has a number that grows by one from each to the next, so that "the one before" is n - 1:
-- months year * 12 + month - 1, half-years year * 2 + 0 or 1, years the year.
with first_day as (
    select
        min(ordered_on) as first_on,
        cast(date_trunc('year', min(ordered_on)) as date) as year_starts_on
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and not is_cancelled
),

digit as (
    select d.n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as d (n)
),

-- a thousand months: more than any history has
month_start as (
    select
        f.first_on,
        cast(f.year_starts_on + (a.n + 10 * b.n + 100 * c.n) * interval '1' month as date)
            as starts_on
    from first_day f
    cross join digit a
    cross join digit b
    cross join digit c
),

period_start as (
    select
        k.period,
        case k.period
            when 'month' then year(m.starts_on) * 12 + month(m.starts_on) - 1
            when 'half_year'
                then year(m.starts_on) * 2 + case when month(m.starts_on) = 7 then 1 else 0 end
            when 'year' then year(m.starts_on)
        end as period_number,
        m.first_on,
        m.starts_on,
        cast(m.starts_on + k.months * interval '1' month - interval '1' day as date) as ends_on
    from month_start m
    cross join (values ('month', 1), ('half_year', 6), ('year', 12)) as k (period, months)
    where
        k.period = 'month'
        or (k.period = 'half_year' and month(m.starts_on) in (1, 7))
        or (k.period = 'year' and month(m.starts_on) = 1)
),

final as (
    select
        period,
        starts_on as period_start_on,
        ends_on as period_end_on,
        period_number,
        ends_on <= :as_of as is_complete
    from period_start
    where starts_on <= :as_of and ends_on >= first_on
)

select * from final
