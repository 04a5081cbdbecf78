-- grain: one row an order, a return-only document or a cancelled order, up to the as-of date
with line as (
    select
        source, order_id, line_number, customer_key, ordered_at, ordered_on, channel, is_sale,
        is_cancelled, gross_sales, discount, return_amount, net_sales, cost_of_goods,
        shipping_charged
    from order_line
    where snapshot_on = :as_of and run_id = :run_id
),

document as (
    select
        source,
        order_id,
        min(customer_key) as customer_key,
        min(ordered_at) as ordered_at,
        min(ordered_on) as ordered_on,
        min(case when line_number = 1 then channel end) as channel,
        bool_or(is_sale) as is_order,
        bool_and(is_cancelled) as is_cancelled,
        count(*) as count_lines,
        sum(gross_sales) as gross_sales,
        sum(discount) as discount,
        sum(return_amount) as return_amount,
        sum(net_sales) as net_sales,
        sum(cost_of_goods) as cost_of_goods,
        sum(shipping_charged) as shipping_charged
    from line
    group by source, order_id
),

final as (
    select
        d.*,
        net_sales - cost_of_goods as gross_margin,
        case
            when is_order and customer_key is not null
                then row_number() over (
                    partition by customer_key, is_order order by ordered_at, source, order_id
                )
        end as order_number
    from document d
)

select * from final
