-- grain: one row a base group with an occasion, and 'all' for the company
-- What a customer's own figures are shrunk towards. A figure that a group has nothing for is the
-- company's; NULL where the company has nothing either.
with features as (
    select
        base_group, first_occasion_on, count_occasions, recency_days, occasion_value,
        coalesce(contribution, net_sales) as contribution,
        age_days >= :mature_after_days as is_mature
    from customer_features
    where snapshot_on = :as_of and run_id = :run_id and count_occasions > 0
),

-- One pass over the customers: an engine that writes a CTE in at each place of its name would read
-- them again for each member of a union.
membership as (
    select
        case when w.is_company then 'all' else f.base_group end as member,
        f.*
    from features f
    cross join (values (false), (true)) as w (is_company)
    where not w.is_company or f.base_group <> 'all'
),

summed as (
    select
        member,
        min(first_occasion_on) as history_from_on,
        cast(sum(count_occasions) as double) as occasions,
        cast(sum(occasion_value) as double) as occasion_value,
        cast(sum(contribution) as double) as contribution,
        cast(count(case when is_mature then 1 end) as double) as mature_customers,
        cast(sum(case when is_mature then recency_days else 0 end) as double)
            as mature_recency_days
    from membership
    group by member
),

own as (
    select
        member,
        history_from_on,
        occasion_value / nullif(occasions, 0e0) as mean_occasion_value,
        contribution / nullif(occasion_value, 0e0) as contribution_rate,
        mature_recency_days / nullif(mature_customers, 0e0) / 365.25e0 as duration_years
    from summed
),

-- the company's figures beside those of each group
beside as (
    select
        o.*,
        max(case when member = 'all' then contribution_rate end) over () as company_rate,
        max(case when member = 'all' then duration_years end) over () as company_duration_years
    from own o
),

final as (
    select
        member as base_group,
        history_from_on,
        mean_occasion_value,
        coalesce(contribution_rate, company_rate) as contribution_rate,
        coalesce(duration_years, company_duration_years) as duration_years
    from beside
)

select * from final
