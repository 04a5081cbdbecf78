-- grain: one row a customer with an occasion and horizon
with rate as (
    select
        customer_key, frequency, recency_days, age_days, expected_occasion_value,
        contribution_rate
    from customer_rate
    where snapshot_on = :as_of and run_id = :run_id
),

score as (
    select
        frequency, recency_days, age_days,
        expected_orders_12m, expected_orders_24m, expected_orders_36m,
        discounted_orders_12m, discounted_orders_24m, discounted_orders_36m
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

cohort as (
    select age_days, horizon_months, orders, value
    from cohort_mean
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

by_horizon as (
    select
        r.*,
        h.horizon_months,
        i.sales_p10,
        i.sales_p90,
        o.orders_p10,
        o.orders_p90,
        c.orders as cohort_orders,
        c.value * h.discounted_years / nullif(h.years, 0e0) as cohort_value,
        case h.horizon_months
            when 12 then s.expected_orders_12m
            when 24 then s.expected_orders_24m
            when 36 then s.expected_orders_36m
        end as scored_orders,
        case h.horizon_months
            when 12 then s.discounted_orders_12m
            when 24 then s.discounted_orders_24m
            when 36 then s.discounted_orders_36m
        end as discounted_orders
    from rate r
    cross join horizon h
    left join score s
        on
            s.frequency = r.frequency and s.recency_days = r.recency_days
            and s.age_days = r.age_days
    left join cohort c
        on c.age_days = r.age_days and c.horizon_months = h.horizon_months
    left join sales_interval i
        on i.customer_key = r.customer_key and i.horizon_months = h.horizon_months
    left join order_interval o
        on
            o.frequency = r.frequency and o.recency_days = r.recency_days
            and o.age_days = r.age_days and o.horizon_months = h.horizon_months
),

-- what discounting leaves of a unit of sales, times the contribution rate, turns sales into value
valued as (
    select
        b.*,
        coalesce(scored_orders, cohort_orders) as expected_orders,
        coalesce(discounted_orders * expected_occasion_value * contribution_rate, cohort_value)
            as value,
        contribution_rate * discounted_orders / nullif(scored_orders, 0e0) as value_of_sales
    from by_horizon b
),

-- a negative rate turns the interval round
final as (
    select
        customer_key,
        horizon_months,
        expected_orders,
        orders_p10,
        orders_p90,
        cast(round(value, 4) as decimal(38, 4)) as predicted_clv,
        cast(
            round(value_of_sales * case when value_of_sales >= 0e0 then sales_p10 else sales_p90 end, 4)
            as decimal(38, 4)
        ) as predicted_clv_p10,
        cast(
            round(value_of_sales * case when value_of_sales >= 0e0 then sales_p90 else sales_p10 end, 4)
            as decimal(38, 4)
        ) as predicted_clv_p90
    from valued
)

select * from final
