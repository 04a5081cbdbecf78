-- grain: one row a customer at the as-of date
with features as (
    select
        customer_key, frequency, recency_days, age_days, contribution, net_sales, net_sales_12m,
        net_sales_24m, net_sales_36m, contribution_12m, contribution_24m, contribution_36m
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id
),

rate as (
    select customer_key, method, expected_occasion_value, contribution_rate, simple_clv
    from customer_rate
    where snapshot_on = :as_of and run_id = :run_id
),

score as (
    select
        frequency, recency_days, age_days, p_alive, discounted_orders_residual,
        days_to_next_order
    from model_score
    where snapshot_on = :as_of and run_id = :run_id
),

company as (
    select min(history_from_on) as history_from_on
    from group_rate
    where snapshot_on = :as_of and run_id = :run_id
),

basis as (
    select value_basis
    from value_basis
    where snapshot_on = :as_of and run_id = :run_id
),

horizon as (
    select
        customer_key, horizon_months, expected_orders, orders_p10, orders_p90, predicted_clv,
        predicted_clv_p10, predicted_clv_p90
    from customer_value_horizon
    where snapshot_on = :as_of and run_id = :run_id
),

-- horizons side by side
predicted as (
    select
        customer_key,
        max(case when horizon_months = 12 then expected_orders end) as expected_orders_12m,
        max(case when horizon_months = 24 then expected_orders end) as expected_orders_24m,
        max(case when horizon_months = 36 then expected_orders end) as expected_orders_36m,
        max(case when horizon_months = 12 then orders_p10 end) as orders_12m_p10,
        max(case when horizon_months = 12 then orders_p90 end) as orders_12m_p90,
        max(case when horizon_months = 24 then orders_p10 end) as orders_24m_p10,
        max(case when horizon_months = 24 then orders_p90 end) as orders_24m_p90,
        max(case when horizon_months = 36 then orders_p10 end) as orders_36m_p10,
        max(case when horizon_months = 36 then orders_p90 end) as orders_36m_p90,
        max(case when horizon_months = 12 then predicted_clv end) as predicted_clv_12m,
        max(case when horizon_months = 12 then predicted_clv_p10 end) as predicted_clv_12m_p10,
        max(case when horizon_months = 12 then predicted_clv_p90 end) as predicted_clv_12m_p90,
        max(case when horizon_months = 24 then predicted_clv end) as predicted_clv_24m,
        max(case when horizon_months = 24 then predicted_clv_p10 end) as predicted_clv_24m_p10,
        max(case when horizon_months = 24 then predicted_clv_p90 end) as predicted_clv_24m_p90,
        max(case when horizon_months = 36 then predicted_clv end) as predicted_clv_36m,
        max(case when horizon_months = 36 then predicted_clv_p10 end) as predicted_clv_36m_p10,
        max(case when horizon_months = 36 then predicted_clv_p90 end) as predicted_clv_36m_p90
    from horizon
    group by customer_key
),

final as (
    select
        f.customer_key,
        f.net_sales_12m as historic_value_12m,
        f.net_sales_24m as historic_value_24m,
        f.net_sales_36m as historic_value_36m,
        f.contribution_12m as historic_contribution_12m,
        f.contribution_24m as historic_contribution_24m,
        f.contribution_36m as historic_contribution_36m,
        coalesce(f.contribution, f.net_sales) as real_value,
        r.simple_clv,
        s.p_alive,
        1e0 - s.p_alive as churn_risk,
        p.expected_orders_12m,
        p.expected_orders_24m,
        p.expected_orders_36m,
        p.orders_12m_p10,
        p.orders_12m_p90,
        p.orders_24m_p10,
        p.orders_24m_p90,
        p.orders_36m_p10,
        p.orders_36m_p90,
        cast(round(r.expected_occasion_value, 4) as decimal(38, 4)) as expected_occasion_value,
        case when b.value_basis = 'contribution' then r.contribution_rate end as contribution_rate,
        p.predicted_clv_12m,
        p.predicted_clv_12m_p10,
        p.predicted_clv_12m_p90,
        p.predicted_clv_24m,
        p.predicted_clv_24m_p10,
        p.predicted_clv_24m_p90,
        p.predicted_clv_36m,
        p.predicted_clv_36m_p10,
        p.predicted_clv_36m_p90,
        cast(
            round(
                s.discounted_orders_residual * r.expected_occasion_value * r.contribution_rate, 4
            ) as decimal(38, 4)
        ) as residual_lifetime_value,
        cast(:as_of + s.days_to_next_order * interval '1' day as date) as next_order_expected_on,
        coalesce(r.method, 'no_order') as method,
        b.value_basis,
        coalesce(c.history_from_on > cast(:as_of - interval '36' month as date), true)
            as is_extrapolated
    from features f
    cross join company c
    cross join basis b
    left join rate r on r.customer_key = f.customer_key
    left join predicted p on p.customer_key = f.customer_key
    left join score s
        on
            s.frequency = f.frequency and s.recency_days = f.recency_days
            and s.age_days = f.age_days
)

select * from final
