-- grain: one row a customer at the as-of date
-- Doubles appear in the last step only, from exact sums, and money is rounded to 4 decimals.
with features as (
    select
        customer_key, base_group, first_occasion_on, count_occasions, frequency, recency_days,
        age_days, count_orders, count_orders_12m, average_basket, occasion_value,
        repeat_occasion_value, contribution, net_sales_12m, net_sales_24m, net_sales_36m,
        contribution_12m, contribution_24m, contribution_36m
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id
),

score as (
    select
        frequency, recency_days, age_days, p_alive,
        expected_orders_12m, expected_orders_24m, expected_orders_36m,
        discounted_orders_12m, discounted_orders_24m, discounted_orders_36m,
        discounted_orders_residual, days_to_next_order
    from model_score
    where snapshot_on = :as_of and run_id = :run_id
),

sales_interval as (
    select
        customer_key, horizon_months, cast(sales_p10 as double) as sales_p10,
        cast(sales_p90 as double) as sales_p90
    from clv_interval
    where snapshot_on = :as_of and run_id = :run_id
),

order_interval as (
    select frequency, recency_days, age_days, horizon_months, orders_p10, orders_p90
    from order_spread
    where snapshot_on = :as_of and run_id = :run_id
),

-- what discounting leaves of a level income over the horizon, in years of it
horizon as (
    select horizon_months, years, discounted_years
    from (
        values
            (12, 1e0, cast(:discounted_years_12m as double)),
            (24, 2e0, cast(:discounted_years_24m as double)),
            (36, 3e0, cast(:discounted_years_36m as double))
    ) as h (horizon_months, years, discounted_years)
),

spend as (
    select
        max(case when parameter = 'p' then estimate end) as p,
        max(case when parameter = 'q' then estimate end) as q,
        max(case when parameter = 'gamma' then estimate end) as gamma
    from model_fit
    where
        snapshot_on = :as_of and run_id = :run_id
        and model = 'gamma_gamma' and status <> 'infinite_mean'
),

purchase as (
    select max(model) as model
    from model_fit
    where snapshot_on = :as_of and run_id = :run_id and is_champion
),

-- A base group stands for its customers, 'all' for the company. One pass over the customers: an engine
-- that writes a CTE in at each place of its name would read them again for each member of a union.
membership as (
    select case when w.is_company then 'all' else f.base_group end as member, f.*
    from features f
    cross join (values (false), (true)) as w (is_company)
    where count_occasions > 0 and (not w.is_company or f.base_group <> 'all')
),

group_sum as (
    select
        member,
        cast(sum(count_occasions) as double) as occasions,
        cast(sum(occasion_value) as double) as occasion_value,
        cast(sum(contribution) as double) as contribution,
        cast(count(case when age_days >= 365 then 1 end) as double) as mature_customers,
        cast(sum(case when age_days >= 365 then recency_days else 0 end) as double)
            as mature_recency_days,
        cast(sum(case when age_days >= 365 then count_orders_12m else 0 end) as double)
            as mature_orders,
        cast(sum(case when age_days >= 365 then contribution_12m else 0 end) as double)
            as mature_contribution,
        min(first_occasion_on) as history_from_on
    from membership
    group by member
),

group_rate as (
    select
        member,
        mature_customers,
        history_from_on,
        occasion_value / nullif(occasions, 0e0) as mean_occasion_value,
        contribution / nullif(occasion_value, 0e0) as contribution_rate,
        mature_recency_days / nullif(mature_customers, 0e0) / 365.25e0 as duration_years,
        mature_orders / nullif(mature_customers, 0e0) as orders_a_year,
        mature_contribution / nullif(mature_customers, 0e0) as contribution_a_year
    from group_sum
),

joined as (
    select
        f.*,
        s.p_alive,
        s.expected_orders_12m,
        s.expected_orders_24m,
        s.expected_orders_36m,
        s.discounted_orders_12m,
        s.discounted_orders_24m,
        s.discounted_orders_36m,
        s.discounted_orders_residual,
        s.days_to_next_order,
        u.model,
        m.p,
        m.q,
        m.gamma,
        coalesce(g.mean_occasion_value, a.mean_occasion_value, 0e0) as mean_occasion_value,
        coalesce(g.contribution_rate, a.contribution_rate, 0e0) as group_contribution_rate,
        coalesce(g.duration_years, a.duration_years, 0e0) as duration_years,
        case when g.mature_customers >= 30e0 then g.orders_a_year else a.orders_a_year end
            as group_orders_a_year,
        case when g.mature_customers >= 30e0 then g.contribution_a_year else a.contribution_a_year end
            as group_contribution_a_year,
        coalesce(a.mature_customers >= 30e0, false) as has_group_mean,
        coalesce(a.history_from_on > cast(:as_of - interval '36' month as date), true)
            as is_extrapolated,
        cast(f.count_orders as double)
        / (case when f.age_days < 31 then 1e0 / 12e0 else cast(f.age_days as double) / 365.25e0 end)
            as orders_a_year
    from features f
    cross join spend m
    cross join purchase u
    left join score s
        on
            s.frequency = f.frequency and s.recency_days = f.recency_days
            and s.age_days = f.age_days
    left join group_rate g on g.member = f.base_group
    left join group_rate a on a.member = 'all'
),

-- own contribution rate shrunk towards the group's with the weight of five occasions
rated as (
    select
        j.*,
        case
            when count_occasions = 0 then 'no_order'
            when p_alive is not null and q > 1e0 then model || '+gamma_gamma'
            when p_alive is not null then model || '+mean_spend'
            when has_group_mean then 'base_group_mean'
            else 'simple_formula'
        end as method,
        case
            when count_occasions = 0 then null
            when q > 1e0 and frequency > 0
                then
                    p * (gamma + cast(frequency as double) * cast(repeat_occasion_value as double))
                    / (p * cast(frequency as double) + q - 1e0)
            when q > 1e0 then p * gamma / (q - 1e0)
            else mean_occasion_value
        end as occasion_value_expected,
        coalesce(
            (cast(contribution as double) + 5e0 * mean_occasion_value * group_contribution_rate)
            / nullif(cast(occasion_value as double) + 5e0 * mean_occasion_value, 0e0),
            0e0
        ) as own_contribution_rate
    from joined j
),

by_horizon as (
    select
        r.*,
        h.horizon_months,
        h.years,
        h.discounted_years,
        i.sales_p10,
        i.sales_p90,
        o.orders_p10,
        o.orders_p90,
        case h.horizon_months
            when 12 then r.expected_orders_12m
            when 24 then r.expected_orders_24m
            else r.expected_orders_36m
        end as scored_orders,
        case h.horizon_months
            when 12 then r.discounted_orders_12m
            when 24 then r.discounted_orders_24m
            else r.discounted_orders_36m
        end as discounted_orders
    from rated r
    cross join horizon h
    left join sales_interval i
        on i.customer_key = r.customer_key and i.horizon_months = h.horizon_months
    left join order_interval o
        on
            o.frequency = r.frequency and o.recency_days = r.recency_days
            and o.age_days = r.age_days and o.horizon_months = h.horizon_months
),

-- what discounting leaves of a unit of sales, times the contribution rate, turns sales into value
predicted as (
    select
        b.*,
        own_contribution_rate * discounted_orders / nullif(scored_orders, 0e0) as value_of_sales,
        case
            when p_alive is not null then scored_orders
            when method = 'base_group_mean' then years * group_orders_a_year
            when method = 'simple_formula' then years * orders_a_year
        end as expected_orders,
        case
            when p_alive is not null
                then discounted_orders * occasion_value_expected * own_contribution_rate
            when method = 'base_group_mean' then discounted_years * group_contribution_a_year
            when method = 'simple_formula'
                then
                    discounted_years * orders_a_year
                    * coalesce(cast(average_basket as double), 0e0) * own_contribution_rate
        end as clv
    from by_horizon b
),

-- a negative rate turns the interval round
rounded as (
    select
        customer_key,
        horizon_months,
        net_sales_12m as historic_value_12m,
        net_sales_24m as historic_value_24m,
        net_sales_36m as historic_value_36m,
        contribution_12m as historic_contribution_12m,
        contribution_24m as historic_contribution_24m,
        contribution_36m as historic_contribution_36m,
        contribution as real_value,
        cast(
            round(
                cast(average_basket as double) * orders_a_year
                * (case when duration_years < 1e0 / 12e0 then 1e0 / 12e0 else duration_years end),
                4
            ) as decimal(18, 4)
        ) as simple_clv,
        p_alive,
        cast(round(occasion_value_expected, 4) as decimal(18, 4)) as expected_occasion_value,
        case when count_occasions > 0 then own_contribution_rate end as contribution_rate,
        cast(
            round(discounted_orders_residual * occasion_value_expected * own_contribution_rate, 4)
            as decimal(18, 4)
        ) as residual_lifetime_value,
        days_to_next_order,
        method,
        is_extrapolated,
        expected_orders,
        orders_p10,
        orders_p90,
        cast(round(clv, 4) as decimal(18, 4)) as clv,
        cast(
            round(value_of_sales * case when value_of_sales >= 0e0 then sales_p10 else sales_p90 end, 4)
            as decimal(18, 4)
        ) as clv_p10,
        cast(
            round(value_of_sales * case when value_of_sales >= 0e0 then sales_p90 else sales_p10 end, 4)
            as decimal(18, 4)
        ) as clv_p90
    from predicted
),

-- horizons side by side; everything else is the same in the rows of a customer
final as (
    select
        customer_key,
        historic_value_12m,
        historic_value_24m,
        historic_value_36m,
        historic_contribution_12m,
        historic_contribution_24m,
        historic_contribution_36m,
        real_value,
        simple_clv,
        p_alive,
        1e0 - p_alive as churn_risk,
        max(case when horizon_months = 12 then expected_orders end) as expected_orders_12m,
        max(case when horizon_months = 24 then expected_orders end) as expected_orders_24m,
        max(case when horizon_months = 36 then expected_orders end) as expected_orders_36m,
        max(case when horizon_months = 12 then orders_p10 end) as orders_12m_p10,
        max(case when horizon_months = 12 then orders_p90 end) as orders_12m_p90,
        max(case when horizon_months = 24 then orders_p10 end) as orders_24m_p10,
        max(case when horizon_months = 24 then orders_p90 end) as orders_24m_p90,
        max(case when horizon_months = 36 then orders_p10 end) as orders_36m_p10,
        max(case when horizon_months = 36 then orders_p90 end) as orders_36m_p90,
        expected_occasion_value,
        contribution_rate,
        max(case when horizon_months = 12 then clv end) as predicted_clv_12m,
        max(case when horizon_months = 12 then clv_p10 end) as predicted_clv_12m_p10,
        max(case when horizon_months = 12 then clv_p90 end) as predicted_clv_12m_p90,
        max(case when horizon_months = 24 then clv end) as predicted_clv_24m,
        max(case when horizon_months = 24 then clv_p10 end) as predicted_clv_24m_p10,
        max(case when horizon_months = 24 then clv_p90 end) as predicted_clv_24m_p90,
        max(case when horizon_months = 36 then clv end) as predicted_clv_36m,
        max(case when horizon_months = 36 then clv_p10 end) as predicted_clv_36m_p10,
        max(case when horizon_months = 36 then clv_p90 end) as predicted_clv_36m_p90,
        residual_lifetime_value,
        cast(:as_of + days_to_next_order * interval '1' day as date) as next_order_expected_on,
        method,
        is_extrapolated
    from rounded
    group by
        customer_key, historic_value_12m, historic_value_24m, historic_value_36m,
        historic_contribution_12m, historic_contribution_24m, historic_contribution_36m, real_value,
        simple_clv, p_alive, expected_occasion_value, contribution_rate, residual_lifetime_value,
        days_to_next_order, method, is_extrapolated
)

select * from final
