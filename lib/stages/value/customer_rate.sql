-- grain: one row a customer with an occasion
-- What the customer's values are made of, whatever the horizon: which method tells the future, what an
-- occasion brings and which part of it is left: contribution where costs are known, else net sales.
with features as (
    select
        customer_key, base_group, frequency, recency_days, age_days, average_basket,
        cast(occasion_value as double) as occasion_value,
        cast(frequency as double) * cast(repeat_occasion_value as double) as repeat_value,
        cast(coalesce(contribution, net_sales) as double) as contribution,
        cast(count_orders as double) as count_orders,
        cast(age_days as double) / 365.25e0 as age_years,
        cast(:least_relationship_months as double) / 12e0 as least_years
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and count_occasions > 0
),

own_group as (
    select
        base_group, mean_occasion_value, contribution_rate, duration_years
    from group_rate
    where snapshot_on = :as_of and run_id = :run_id
),

scored as (
    select frequency, recency_days, age_days
    from model_score
    where snapshot_on = :as_of and run_id = :run_id
),

cohort as (
    select age_days
    from cohort_mean
    where snapshot_on = :as_of and run_id = :run_id and horizon_months = 12
),

-- one row: the champion, and the spend model where it has a mean
model as (
    select
        max(case when is_champion then model end) as champion,
        max(case when is_spend and parameter = 'p' then estimate end) as p,
        max(case when is_spend and parameter = 'q' then estimate end) as q,
        max(case when is_spend and parameter = 'gamma' then estimate end) as gamma
    from (
        select
            model, parameter, estimate, is_champion,
            model = 'gamma_gamma' and status <> 'infinite_mean' as is_spend
        from model_fit
        where snapshot_on = :as_of and run_id = :run_id
    ) as fitted
),

joined as (
    select
        f.*,
        s.frequency is not null as is_scored,
        m.champion,
        m.p,
        m.q,
        m.gamma,
        coalesce(g.mean_occasion_value, 0e0) as mean_occasion_value,
        coalesce(g.contribution_rate, 0e0) as group_contribution_rate,
        coalesce(g.duration_years, 0e0) as duration_years,
        c.age_days is not null as has_cohort,
        -- a customer of yesterday does not order every day
        f.count_orders
        / (case when f.age_years < f.least_years then f.least_years else f.age_years end)
            as own_orders_a_year
    from features f
    cross join model m
    left join own_group g on g.base_group = f.base_group
    left join cohort c on c.age_days = f.age_days
    left join scored s
        on
            s.frequency = f.frequency and s.recency_days = f.recency_days
            and s.age_days = f.age_days
),

-- The own contribution rate is shrunk towards the group's: so many occasions of the group's mean value
-- at the group's rate are added to the customer's own.
rated as (
    select
        j.*,
        case
            when is_scored and q > 1e0 then champion || '+gamma_gamma'
            when is_scored then champion || '+mean_spend'
            when has_cohort then 'cohort_mean'
            else 'too_little_history'
        end as method,
        case
            when q > 1e0 and frequency > 0
                then p * (gamma + repeat_value) / (p * cast(frequency as double) + q - 1e0)
            when q > 1e0 then p * gamma / (q - 1e0)
            else mean_occasion_value
        end as expected_occasion_value,
        coalesce(
            (
                contribution
                + cast(:shrinkage_occasions as double) * mean_occasion_value
                * group_contribution_rate
            )
            / nullif(
                occasion_value + cast(:shrinkage_occasions as double) * mean_occasion_value, 0e0
            ),
            0e0
        ) as contribution_rate
    from joined j
),

final as (
    select
        customer_key,
        frequency,
        recency_days,
        age_days,
        method,
        expected_occasion_value,
        contribution_rate,
        cast(
            round(
                cast(average_basket as double) * own_orders_a_year
                * (case when duration_years < least_years then least_years else duration_years end),
                4
            ) as decimal(38, 4)
        ) as simple_clv
    from rated
)

select * from final
