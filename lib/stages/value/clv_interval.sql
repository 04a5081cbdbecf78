-- grain: one row a customer with an interval and horizon
-- Sales within the horizon, given an order, are taken as gamma-distributed with the exact first two
-- moments of orders (the champion's) and spend (Gamma-Gamma), by Wilson and Hilferty's cube root: see
-- lib/stats/spend-interval.ts. The second moment needs p x + q > 2.
with features as (
    select customer_key, frequency, recency_days, age_days, repeat_occasion_value
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id
),

score as (
    select
        frequency, recency_days, age_days, expected_orders_12m, expected_orders_24m,
        expected_orders_36m
    from model_score
    where snapshot_on = :as_of and run_id = :run_id
),

spread as (
    select
        frequency, recency_days, age_days, horizon_months, p_some, mean_square, z_p10, z_p90
    from order_spread
    where snapshot_on = :as_of and run_id = :run_id
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

known as (
    select
        f.customer_key,
        d.horizon_months,
        d.p_some,
        d.mean_square,
        d.z_p10,
        d.z_p90,
        case d.horizon_months
            when 12 then s.expected_orders_12m
            when 24 then s.expected_orders_24m
            else s.expected_orders_36m
        end as mean_orders,
        m.p,
        m.p * cast(f.frequency as double) + m.q as shape,
        m.gamma
        + cast(f.frequency as double)
        * cast(coalesce(f.repeat_occasion_value, cast(0 as decimal(18, 4))) as double) as scale
    from features f
    join score s
        on
            s.frequency = f.frequency and s.recency_days = f.recency_days
            and s.age_days = f.age_days
    join spread d
        on
            d.frequency = f.frequency and d.recency_days = f.recency_days
            and d.age_days = f.age_days
    cross join spend m
),

moments as (
    select
        k.*,
        mean_orders * p * scale / nullif((shape - 1e0) * p_some, 0e0) as mean_sales,
        p * scale * scale * (mean_orders + p * mean_square)
        / nullif((shape - 1e0) * (shape - 2e0) * p_some, 0e0) as square_sales
    from known k
    where shape > 2e0 and p_some > 0e0
),

ninths as (
    select
        m.*,
        case
            when square_sales > mean_sales * mean_sales and mean_sales > 0e0
                then
                    (square_sales - mean_sales * mean_sales)
                    / nullif(9e0 * mean_sales * mean_sales, 0e0)
            else 0e0
        end as ninth
    from moments m
),

roots as (
    select
        n.*,
        1e0 - ninth + z_p10 * sqrt(ninth) as root_p10,
        1e0 - ninth + z_p90 * sqrt(ninth) as root_p90
    from ninths n
),

final as (
    select
        customer_key,
        horizon_months,
        cast(
            round(
                case
                    when root_p10 > 0e0 then mean_sales * root_p10 * root_p10 * root_p10
                    else 0e0
                end, 4
            ) as decimal(18, 4)
        ) as sales_p10,
        cast(
            round(
                case
                    when root_p90 > 0e0 then mean_sales * root_p90 * root_p90 * root_p90
                    else 0e0
                end, 4
            ) as decimal(18, 4)
        ) as sales_p90
    from roots
)

select * from final
