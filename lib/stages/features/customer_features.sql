-- grain: one row a customer at the as-of date
with known_customer as (
    select customer_key, acquisition_channel
    from customer
    where snapshot_on = :as_of and run_id = :run_id
),

line as (
    select
        customer_key, source, order_id, line_number, ordered_at, ordered_on, channel, category,
        is_sale, gross_sales, discount, return_amount, net_sales, cost_of_goods, shipping_charged,
        net_sales - cost_of_goods + shipping_charged as contribution,
        ordered_on > cast(:as_of - interval '12' month as date) as is_12m,
        ordered_on > cast(:as_of - interval '24' month as date) as is_24m,
        ordered_on > cast(:as_of - interval '36' month as date) as is_36m
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

first_line as (
    select
        customer_key,
        channel,
        category,
        row_number() over (
            partition by customer_key order by ordered_at, source, order_id, line_number
        ) as place
    from line
    where is_sale
),

occasion as (
    select
        customer_key,
        ordered_on,
        sum(gross_sales - discount) as occasion_value,
        row_number() over (partition by customer_key order by ordered_on) as place
    from line
    where is_sale
    group by customer_key, ordered_on
),

timing as (
    select
        customer_key,
        min(ordered_on) as first_occasion_on,
        max(ordered_on) as last_occasion_on,
        count(*) as count_occasions,
        sum(occasion_value) as occasion_value,
        sum(case when place > 1 then occasion_value else 0 end) as repeat_value
    from occasion
    group by customer_key
),

money as (
    select
        customer_key,
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
    from line
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
        coalesce(k.acquisition_channel, f.channel) as acquisition_channel,
        f.category as first_category,
        t.first_occasion_on,
        t.last_occasion_on,
        coalesce(t.count_occasions, 0) as count_occasions,
        t.count_occasions - 1 as frequency,
        date_diff('day', t.first_occasion_on, t.last_occasion_on) as recency_days,
        date_diff('day', t.first_occasion_on, :as_of) as age_days,
        date_diff('day', t.last_occasion_on, :as_of) as days_since_last,
        coalesce(o.count_orders, 0) as count_orders,
        coalesce(o.count_orders_12m, 0) as count_orders_12m,
        cast(
            round(cast(m.net_sales as double) / nullif(cast(o.count_orders as double), 0e0), 4)
            as decimal(18, 4)
        ) as average_basket,
        coalesce(t.occasion_value, 0) as occasion_value,
        cast(
            round(
                cast(t.repeat_value as double) / nullif(cast(t.count_occasions - 1 as double), 0e0),
                4
            ) as decimal(18, 4)
        ) as repeat_occasion_value,
        coalesce(m.gross_sales, 0) as gross_sales,
        coalesce(m.discount, 0) as discount,
        coalesce(m.return_amount, 0) as return_amount,
        coalesce(m.net_sales, 0) as net_sales,
        coalesce(m.net_sales_12m, 0) as net_sales_12m,
        coalesce(m.net_sales_24m, 0) as net_sales_24m,
        coalesce(m.net_sales_36m, 0) as net_sales_36m,
        coalesce(m.cost_of_goods, 0) as cost_of_goods,
        coalesce(m.shipping_charged, 0) as shipping_charged,
        coalesce(m.contribution, 0) as contribution,
        coalesce(m.contribution_12m, 0) as contribution_12m,
        coalesce(m.contribution_24m, 0) as contribution_24m,
        coalesce(m.contribution_36m, 0) as contribution_36m
    from known_customer k
    left join timing t on t.customer_key = k.customer_key
    left join first_line f on f.customer_key = k.customer_key and f.place = 1
    left join money m on m.customer_key = k.customer_key
    left join orders o on o.customer_key = k.customer_key
),

grouped as (
    select
        d.*,
        count(d.frequency) over (partition by acquisition_channel) as count_in_channel,
        count(d.frequency) over (partition by acquisition_channel, first_category)
            as count_in_group
    from described d
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
