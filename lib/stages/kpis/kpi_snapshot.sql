-- grain: one row a period and member of a dimension, from the begin of the history to the as-of date
with period as (
    select period, period_start_on, period_number, is_complete
    from calendar
    where snapshot_on = :as_of and run_id = :run_id
),

basis as (
    select value_basis = 'contribution' as is_cost_known
    from value_basis
    where snapshot_on = :as_of and run_id = :run_id
),

sales as (
    select
        period, period_start_on, dimension, member, units, gross_sales, discounts, returns,
        net_sales, cost_of_goods
    from kpi_sales
    where snapshot_on = :as_of and run_id = :run_id
),

customer_count as (
    select
        period, period_start_on, dimension, member, orders, customer_orders, customers,
        first_time_customers, new_customers, returning_customers, reactivated_customers,
        repurchasers, lost_afterwards
    from kpi_customer
    where snapshot_on = :as_of and run_id = :run_id
),

-- Each table is read once: an engine that writes a CTE in at each place of its name would read them
-- again to know which members there are.
measured as (
    select
        s.*,
        0 as orders, 0 as customer_orders, 0 as customers, 0 as first_time_customers,
        0 as new_customers, 0 as returning_customers, 0 as reactivated_customers,
        0 as repurchasers, 0 as lost_afterwards
    from sales s
    union all
    select
        period, period_start_on, dimension, member, 0, 0, 0, 0, 0, 0, orders, customer_orders,
        customers, first_time_customers, new_customers, returning_customers,
        reactivated_customers, repurchasers, lost_afterwards
    from customer_count
),

-- every member in every period, with nothing where it has nothing
placed as (
    select
        p.period, p.period_start_on, p.period_number, p.is_complete,
        p.period_start_on = m.period_start_on as is_own,
        m.dimension, m.member,
        m.units, m.gross_sales, m.discounts, m.returns, m.net_sales, m.cost_of_goods,
        m.orders, m.customer_orders, m.customers, m.first_time_customers,
        m.new_customers, m.returning_customers, m.reactivated_customers,
        m.repurchasers, m.lost_afterwards
    from period p
    join measured m on m.period = p.period
),

filled as (
    select
        period, period_start_on, period_number, is_complete, dimension, member,
        sum(case when is_own then units else 0 end) as units,
        sum(case when is_own then gross_sales else 0 end) as gross_sales,
        sum(case when is_own then discounts else 0 end) as discounts,
        sum(case when is_own then returns else 0 end) as returns,
        sum(case when is_own then net_sales else 0 end) as net_sales,
        sum(case when is_own then cost_of_goods else 0 end) as cost_of_goods,
        sum(case when is_own then orders else 0 end) as orders,
        sum(case when is_own then customer_orders else 0 end) as customer_orders,
        sum(case when is_own then customers else 0 end) as customers,
        sum(case when is_own then first_time_customers else 0 end) as first_time_customers,
        sum(case when is_own then new_customers else 0 end) as new_customers,
        sum(case when is_own then returning_customers else 0 end) as returning_customers,
        sum(case when is_own then reactivated_customers else 0 end) as reactivated_customers,
        sum(case when is_own then repurchasers else 0 end) as repurchasers,
        sum(case when is_own then lost_afterwards else 0 end) as lost_afterwards
    from placed
    group by period, period_start_on, period_number, is_complete, dimension, member
),

compared as (
    select
        f.*,
        sum(first_time_customers) over (
            partition by period, dimension, member order by period_number
            rows between unbounded preceding and current row
        ) as acquired_customers,
        coalesce(
            lag(customers) over (partition by period, dimension, member order by period_number), 0
        ) as earlier_customers,
        coalesce(
            lag(is_complete) over (partition by period, dimension, member order by period_number),
            false
        )
        and is_complete as is_comparable,
        coalesce(
            lag(lost_afterwards) over (
                partition by period, dimension, member order by period_number
            ), 0
        ) as lost_customers
    from filled f
),

final as (
    select
        period, period_start_on, dimension, member, is_complete,
        orders,
        orders - customer_orders as anonymous_orders,
        gross_sales,
        discounts,
        returns,
        net_sales,
        case when is_cost_known then cost_of_goods end as cost_of_goods,
        case when is_cost_known then net_sales - cost_of_goods end as gross_margin,
        units,
        customers, acquired_customers, new_customers, returning_customers, reactivated_customers,
        case when is_complete then lost_customers end as lost_customers,
        cast(customers as double) / nullif(cast(acquired_customers as double), 0e0)
            as activity_rate,
        cast(repurchasers as double) / nullif(cast(customers as double), 0e0) as repurchase_rate,
        cast(
            round(cast(net_sales as double) / nullif(cast(orders as double), 0e0), 4)
            as decimal(38, 4)
        ) as average_basket,
        cast(
            round(
                cast(gross_sales - discounts as double) / nullif(cast(orders as double), 0e0), 4
            ) as decimal(38, 4)
        ) as average_order_value,
        cast(units as double) / nullif(cast(orders as double), 0e0) as items_per_order,
        cast(customer_orders as double) / nullif(cast(customers as double), 0e0)
            as purchase_frequency,
        case
            when is_comparable
                then
                    cast(earlier_customers - lost_customers as double)
                    / nullif(cast(earlier_customers as double), 0e0)
        end as retention_rate,
        cast(discounts as double) / nullif(cast(gross_sales as double), 0e0) as discount_rate,
        cast(returns as double) / nullif(cast(gross_sales - discounts as double), 0e0)
            as return_rate
    from compared
    cross join basis
)

select * from final
