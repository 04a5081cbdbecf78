-- grain: one row a customer at the as-of date
with known_customer as (
    select customer_key, acquisition_channel
    from customer
    where snapshot_on = :as_of and run_id = :run_id
),

-- One pass over the lines: an engine that writes a CTE in at each place of its name would read them
-- once a measure. Lines become days, and days a history.
line as (
    select
        customer_key, ordered_on, channel, category, is_sale, gross_sales, discount, return_amount,
        net_sales, cost_of_goods, shipping_charged,
        row_number() over (
            partition by customer_key, is_sale order by ordered_at, source, order_id, line_number
        ) as place
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and customer_key is not null
),

document as (
    select customer_key, ordered_on
    from sales_order
    where
        snapshot_on = :as_of and run_id = :run_id
        and is_order and customer_key is not null
),

customer_day as (
    select
        customer_key,
        ordered_on,
        bool_or(is_sale) as is_occasion,
        max(case when is_sale and place = 1 then channel end) as first_channel,
        max(case when is_sale and place = 1 then category end) as first_category,
        sum(case when is_sale then gross_sales - discount else 0 end) as occasion_value,
        sum(gross_sales) as gross_sales,
        sum(discount) as discount,
        sum(return_amount) as return_amount,
        sum(net_sales) as net_sales,
        sum(cost_of_goods) as cost_of_goods,
        sum(shipping_charged) as shipping_charged,
        sum(net_sales - cost_of_goods + shipping_charged) as contribution,
        ordered_on > cast(:as_of - interval '12' month as date) as is_12m,
        ordered_on > cast(:as_of - interval '24' month as date) as is_24m,
        ordered_on > cast(:as_of - interval '36' month as date) as is_36m
    from line
    group by customer_key, ordered_on
),

placed_day as (
    select
        d.*,
        row_number() over (partition by customer_key, is_occasion order by ordered_on) as place,
        date_diff(
            'day',
            lag(ordered_on) over (partition by customer_key, is_occasion order by ordered_on),
            ordered_on
        ) as interval_days
    from customer_day d
),

history as (
    select
        customer_key,
        max(first_channel) as first_channel,
        max(first_category) as first_category,
        min(case when is_occasion then ordered_on end) as first_occasion_on,
        max(case when is_occasion then ordered_on end) as last_occasion_on,
        count(case when is_occasion then 1 end) as count_occasions,
        nullif(count(case when is_occasion then 1 end), 0) - 1 as frequency,
        sum(occasion_value) as occasion_value,
        sum(case when is_occasion and place > 1 then occasion_value else 0 end) as repeat_value,
        sum(case when is_occasion then interval_days * interval_days else 0 end)
            as square_interval_days,
        sum(gross_sales) as gross_sales,
        sum(discount) as discount,
        sum(return_amount) as return_amount,
        sum(net_sales) as net_sales,
        sum(case when is_12m then net_sales else 0 end) as net_sales_12m,
        sum(case when is_24m then net_sales else 0 end) as net_sales_24m,
        sum(case when is_36m then net_sales else 0 end) as net_sales_36m,
        sum(cost_of_goods) as cost_of_goods,
        sum(shipping_charged) as shipping_charged,
        sum(contribution) as contribution,
        sum(case when is_12m then contribution else 0 end) as contribution_12m,
        sum(case when is_24m then contribution else 0 end) as contribution_24m,
        sum(case when is_36m then contribution else 0 end) as contribution_36m
    from placed_day
    group by customer_key
),

orders as (
    select
        customer_key,
        count(*) as count_orders,
        count(case when ordered_on > cast(:as_of - interval '12' month as date) then 1 end)
            as count_orders_12m
    from document
    group by customer_key
),

described as (
    select
        k.customer_key,
        coalesce(k.acquisition_channel, h.first_channel) as acquisition_channel,
        h.first_category,
        h.first_occasion_on,
        h.last_occasion_on,
        coalesce(h.count_occasions, 0) as count_occasions,
        h.frequency,
        date_diff('day', h.first_occasion_on, h.last_occasion_on) as recency_days,
        date_diff('day', h.first_occasion_on, :as_of) as age_days,
        date_diff('day', h.last_occasion_on, :as_of) as days_since_last,
        coalesce(o.count_orders, 0) as count_orders,
        coalesce(o.count_orders_12m, 0) as count_orders_12m,
        cast(
            round(cast(h.net_sales as double) / nullif(cast(o.count_orders as double), 0e0), 4)
            as decimal(18, 4)
        ) as average_basket,
        coalesce(h.occasion_value, 0) as occasion_value,
        cast(
            round(
                cast(h.repeat_value as double) / nullif(cast(h.frequency as double), 0e0), 4
            ) as decimal(18, 4)
        ) as repeat_occasion_value,
        cast(h.square_interval_days as double) as square_interval_days,
        coalesce(h.gross_sales, 0) as gross_sales,
        coalesce(h.discount, 0) as discount,
        coalesce(h.return_amount, 0) as return_amount,
        coalesce(h.net_sales, 0) as net_sales,
        coalesce(h.net_sales_12m, 0) as net_sales_12m,
        coalesce(h.net_sales_24m, 0) as net_sales_24m,
        coalesce(h.net_sales_36m, 0) as net_sales_36m,
        coalesce(h.cost_of_goods, 0) as cost_of_goods,
        coalesce(h.shipping_charged, 0) as shipping_charged,
        coalesce(h.contribution, 0) as contribution,
        coalesce(h.contribution_12m, 0) as contribution_12m,
        coalesce(h.contribution_24m, 0) as contribution_24m,
        coalesce(h.contribution_36m, 0) as contribution_36m
    from known_customer k
    left join history h on h.customer_key = k.customer_key
    left join orders o on o.customer_key = k.customer_key
),

-- Regularity is the shape of the gamma distribution that has the mean and variance of the intervals,
-- mean² / (variance + 1/6): days that are whole at both ends blur an interval by a variance of 1/6.
timed as (
    select
        d.*,
        cast(frequency as double) as intervals,
        cast(recency_days as double) as sum_interval_days
    from described d
),

grouped as (
    select
        d.*,
        case
            when frequency >= 3
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
        count(d.frequency) over (partition by acquisition_channel) as count_in_channel,
        count(d.frequency) over (partition by acquisition_channel, first_category)
            as count_in_group
    from timed d
),

final as (
    select
        g.*,
        case
            when first_category is not null and count_in_group >= 100
                then acquisition_channel || ' / ' || first_category
            when acquisition_channel is not null and count_in_channel >= 100
                then acquisition_channel
            else 'all'
        end as base_group
    from grouped g
)

select * from final
