-- grain: one row a period and its start, from the begin of the history to the as-of date
-- A period has a number that grows by one from each to the next, so that "the one before" is n - 1:
-- months year * 12 + month - 1, half-years year * 2 + 0 or 1, years the year.
-- A period is complete when the history begins before it or within its first 7 days, it has ended, and
-- the data reach its end: the last order is no further from it than the shop is silent now and then.
with first_day as (
    select
        history_from_on as first_on,
        cast(date_trunc('month', history_from_on) as date) as month_starts_on,
        cast(date_trunc('year', history_from_on) as date) as year_starts_on,
        last_order_on,
        usual_silence_days
    from history
    where snapshot_on = :as_of and run_id = :run_id
),

digit as (
    select d.n
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as d (n)
),

-- a thousand months: more than any history has
month_start as (
    select
        f.*,
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
        m.month_starts_on,
        m.last_order_on,
        m.usual_silence_days,
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
        case when starts_on < month_starts_on then month_starts_on else starts_on end
            as counts_from_on,
        ends_on <= :as_of
        and date_diff('day', starts_on, first_on) < 7
        and date_diff('day', last_order_on, ends_on) <= usual_silence_days as is_complete
    from period_start
    where starts_on <= :as_of and ends_on >= first_on
)

select * from final
