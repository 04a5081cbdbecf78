-- grain: one row an age and horizon that enough older customers have behind them, where no model tells
-- What customers older than a + H brought in the H after age a. A day of theirs counts for the ages
-- from H before it to the day before it, so each is two steps of a running sum over the ages.
with gate as (
    select count(*) as scored
    from model_score
    where snapshot_on = :as_of and run_id = :run_id
),

features as (
    select customer_key, first_occasion_on, age_days
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and count_occasions > 0
),

business_day as (
    select customer_key, ordered_on, is_occasion, net_sales, cost_of_goods
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id
),

known as (
    select f.customer_key, f.first_occasion_on, f.age_days
    from features f
    cross join gate g
    where g.scored = 0
),

horizon as (
    select h.horizon_months, h.days
    from (values (12, 365), (24, 730), (36, 1095)) as h (horizon_months, days)
),

brought as (
    select
        k.age_days,
        date_diff('day', k.first_occasion_on, d.ordered_on) as day_of_life,
        case when d.is_occasion then 1 else 0 end as orders,
        coalesce(d.net_sales - d.cost_of_goods, d.net_sales) as value
    from business_day d
    join known k on k.customer_key = d.customer_key
),

-- the ages whose horizon holds the day and has passed
counted as (
    select
        h.horizon_months,
        case when b.day_of_life > h.days then b.day_of_life - h.days else 0 end as from_age,
        case
            when b.day_of_life <= b.age_days - h.days then b.day_of_life
            else b.age_days - h.days
        end as before_age,
        b.orders,
        b.value
    from brought b
    cross join horizon h
),

step as (
    select
        c.horizon_months,
        case when s.is_begin then c.from_age else c.before_age end as age_days,
        0 as customers,
        case when s.is_begin then c.orders else -c.orders end as orders,
        case when s.is_begin then c.value else -c.value end as value
    from counted c
    cross join (values (true), (false)) as s (is_begin)
    where c.from_age < c.before_age
    union all
    select
        h.horizon_months,
        case s.step
            when 'old_enough' then 0
            when 'too_young' then k.age_days - h.days
            else k.age_days
        end,
        case s.step when 'old_enough' then 1 when 'too_young' then -1 else 0 end,
        0,
        0
    from known k
    cross join horizon h
    cross join (values ('old_enough'), ('too_young'), ('asked')) as s (step)
    where s.step = 'asked' or k.age_days > h.days
),

summed as (
    select
        horizon_months,
        age_days,
        sum(customers) as customers,
        sum(orders) as orders,
        sum(value) as value
    from step
    group by horizon_months, age_days
),

running as (
    select
        horizon_months,
        age_days,
        sum(customers) over (partition by horizon_months order by age_days) as customers,
        sum(orders) over (partition by horizon_months order by age_days) as orders,
        sum(value) over (partition by horizon_months order by age_days) as value
    from summed
),

final as (
    select
        age_days,
        horizon_months,
        customers as count_customers,
        cast(orders as double) / nullif(cast(customers as double), 0e0) as orders,
        cast(value as double) / nullif(cast(customers as double), 0e0) as value
    from running
    where customers >= :least_cohort_customers
)

select * from final
