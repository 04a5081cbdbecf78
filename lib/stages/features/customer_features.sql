-- grain: one row a customer at the as-of date
with known_customer as (
    select customer_key, acquisition_channel
    from customer
    where snapshot_on = :as_of and run_id = :run_id
),

business_day as (
    select
        customer_key, ordered_on, is_occasion, occasion_number, interval_days, first_channel,
        first_category, occasion_value, gross_sales, discount, return_amount, net_sales,
        cost_of_goods, shipping_charged,
        net_sales - cost_of_goods as contribution,
        ordered_on > cast(:as_of - interval '12' month as date) as is_12m,
        ordered_on > cast(:as_of - interval '24' month as date) as is_24m,
        ordered_on > cast(:as_of - interval '36' month as date) as is_36m
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id
),

basis as (
    select value_basis = 'contribution' as is_known
    from value_basis
    where snapshot_on = :as_of and run_id = :run_id
),

orders as (
    select
        customer_key,
        count(*) as count_orders,
        count(case when ordered_on > cast(:as_of - interval '12' month as date) then 1 end)
            as count_orders_12m
    from sales_order
    where
        snapshot_on = :as_of and run_id = :run_id
        and is_order and customer_key is not null
    group by customer_key
),

past as (
    select
        customer_key,
        max(first_channel) as first_channel,
        max(first_category) as first_category,
        min(case when is_occasion then ordered_on end) as first_occasion_on,
        max(case when is_occasion then ordered_on end) as last_occasion_on,
        count(occasion_number) as count_occasions,
        max(occasion_number) - 1 as frequency,
        sum(occasion_value) as occasion_value,
        sum(case when occasion_number > 1 then occasion_value else 0 end) as repeat_value,
        cast(sum(interval_days * interval_days) as double) as square_interval_days,
        cast(sum(interval_days) as double) as sum_interval_days,
        cast(count(interval_days) as double) as intervals,
        sum(gross_sales) as gross_sales, sum(discount) as discount,
        sum(return_amount) as return_amount, sum(net_sales) as net_sales,
        sum(case when is_12m then net_sales else 0 end) as net_sales_12m,
        sum(case when is_24m then net_sales else 0 end) as net_sales_24m,
        sum(case when is_36m then net_sales else 0 end) as net_sales_36m,
        sum(cost_of_goods) as cost_of_goods,
        sum(shipping_charged) as shipping_charged,
        sum(contribution) as contribution,
        sum(case when is_12m then contribution else 0 end) as contribution_12m,
        sum(case when is_24m then contribution else 0 end) as contribution_24m,
        sum(case when is_36m then contribution else 0 end) as contribution_36m
    from business_day
    group by customer_key
),

grouped as (
    select
        customer_key,
        coalesce(k.acquisition_channel, h.first_channel) as acquisition_channel,
        count(h.frequency) over (
            partition by coalesce(k.acquisition_channel, h.first_channel)
        ) as count_in_channel,
        count(h.frequency) over (
            partition by coalesce(k.acquisition_channel, h.first_channel), h.first_category
        ) as count_in_group,
        h.first_category, h.first_occasion_on, h.last_occasion_on, h.count_occasions, h.frequency,
        h.occasion_value, h.repeat_value, h.square_interval_days, h.sum_interval_days,
        h.intervals, h.gross_sales, h.discount, h.return_amount, h.net_sales, h.net_sales_12m,
        h.net_sales_24m, h.net_sales_36m, h.cost_of_goods, h.shipping_charged, h.contribution,
        h.contribution_12m, h.contribution_24m, h.contribution_36m,
        o.count_orders, o.count_orders_12m,
        b.is_known
    from known_customer k
    cross join basis b
    left join past h using (customer_key)
    left join orders o using (customer_key)
),

-- Regularity is the shape of the gamma distribution that has the mean and variance of the intervals,
-- mean² / (variance + 1/6): days that are whole at both ends blur an interval by a variance of 1/6.
final as (
    select
        customer_key,
        case
            when first_category is not null and count_in_group >= :least_group_customers
                then acquisition_channel || ' / ' || first_category
            when acquisition_channel is not null and count_in_channel >= :least_group_customers
                then acquisition_channel
            else 'all'
        end as base_group,
        acquisition_channel,
        first_category, first_occasion_on, last_occasion_on,
        coalesce(count_occasions, 0) as count_occasions,
        frequency,
        date_diff('day', first_occasion_on, last_occasion_on) as recency_days,
        date_diff('day', first_occasion_on, :as_of) as age_days,
        date_diff('day', last_occasion_on, :as_of) as days_since_last,
        case
            when frequency >= :least_intervals
                then
                    6e0 * (intervals - 1e0) * sum_interval_days * sum_interval_days
                    / nullif(
                        intervals * (
                            6e0 * intervals * square_interval_days
                            - 6e0 * sum_interval_days * sum_interval_days
                            + intervals * (intervals - 1e0)
                        ), 0e0
                    )
        end as regularity,
        coalesce(count_orders, 0) as count_orders,
        coalesce(count_orders_12m, 0) as count_orders_12m,
        cast(
            round(cast(net_sales as double) / nullif(cast(count_orders as double), 0e0), 4)
            as decimal(38, 4)
        ) as average_basket,
        coalesce(occasion_value, 0) as occasion_value,
        cast(
            round(cast(repeat_value as double) / nullif(cast(frequency as double), 0e0), 4)
            as decimal(38, 4)
        ) as repeat_occasion_value,
        coalesce(gross_sales, 0) as gross_sales,
        coalesce(discount, 0) as discount,
        coalesce(return_amount, 0) as return_amount,
        coalesce(net_sales, 0) as net_sales,
        coalesce(net_sales_12m, 0) as net_sales_12m,
        coalesce(net_sales_24m, 0) as net_sales_24m,
        coalesce(net_sales_36m, 0) as net_sales_36m,
        case when is_known then coalesce(cost_of_goods, 0) end as cost_of_goods,
        coalesce(shipping_charged, 0) as shipping_charged,
        case when is_known then coalesce(contribution, 0) end as contribution,
        case when is_known then coalesce(contribution_12m, 0) end as contribution_12m,
        case when is_known then coalesce(contribution_24m, 0) end as contribution_24m,
        case when is_known then coalesce(contribution_36m, 0) end as contribution_36m
    from grouped
)

select * from final
