-- grain: one row of what the night's values are: contribution where costs are known, else net sales
-- 95 % of the sales decide once; later what was published holds until the share has been 2 points
-- beyond for 30 days, so that values do not change their meaning to and fro.
with total as (
    select
        coalesce(sum(sales_12m), 0) as sales_12m,
        coalesce(sum(known_sales_12m), 0) as known_sales_12m,
        cast(sum(known_cost_12m) as double)
        / nullif(cast(sum(known_sales_12m) as double), 0e0) as cost_rate
    from category_cost
    where snapshot_on = :as_of and run_id = :run_id
),

published as (
    select
        max(value_basis) as value_basis,
        max(beyond_since_on) as beyond_since_on,
        max(margin_rate) as margin_rate
    from value_basis
    where snapshot_on = :previous_snapshot_on and run_id = :previous_run_id
),

-- another margin rate is a decision, and counts at once
measured as (
    select
        t.*,
        case
            when :margin_rate is null then 0 * t.sales_12m
            else t.sales_12m - t.known_sales_12m
        end as estimated_sales_12m,
        case
            when
                coalesce(p.margin_rate, -1e0) = coalesce(cast(:margin_rate as double), -1e0)
                then p.value_basis
        end as published_basis,
        p.beyond_since_on as published_since_on,
        p.value_basis as former_basis
    from total t
    cross join published p
),

judged as (
    select
        m.*,
        case
            when sales_12m > 0
                then 100 * (known_sales_12m + estimated_sales_12m) >= 95 * sales_12m
            else :margin_rate is not null
        end as is_covered,
        case published_basis
            when 'contribution'
                then
                    sales_12m > 0
                    and 100 * (known_sales_12m + estimated_sales_12m) <= 93 * sales_12m
            when 'net_sales'
                then
                    sales_12m > 0
                    and 100 * (known_sales_12m + estimated_sales_12m) >= 97 * sales_12m
        end as is_beyond
    from measured m
),

dated as (
    select
        j.*,
        case when is_beyond then coalesce(published_since_on, :as_of) end as since_on
    from judged j
),

decided as (
    select
        d.*,
        coalesce(date_diff('day', since_on, :as_of) >= 30, false) as is_over,
        case when is_covered then 'contribution' else 'net_sales' end as basis_now
    from dated d
),

final as (
    select
        case when is_over then basis_now else coalesce(published_basis, basis_now) end
            as value_basis,
        sales_12m,
        known_sales_12m,
        cast(known_sales_12m as double) / nullif(cast(sales_12m as double), 0e0) as cost_coverage,
        cast(estimated_sales_12m as double) / nullif(cast(sales_12m as double), 0e0)
            as share_estimated,
        cost_rate,
        cast(:margin_rate as double) as margin_rate,
        case when not is_over then since_on end as beyond_since_on,
        coalesce(
            former_basis
            <> case when is_over then basis_now else coalesce(published_basis, basis_now) end,
            false
        ) as is_changed
    from decided
)

select * from final
