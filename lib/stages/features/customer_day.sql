-- grain: one row a customer and business day with a line of theirs
with line as (
    select
        customer_key, ordered_on, channel, category, is_sale, gross_sales, discount, return_amount,
        net_sales, cost_of_goods, shipping_charged,
        row_number() over (
            partition by customer_key, is_sale order by ordered_at, source, order_id, line_number
        ) as place
    from order_line
    where snapshot_on = :as_of and run_id = :run_id and customer_key is not null
),

business_day as (
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
        sum(shipping_charged) as shipping_charged
    from line
    group by customer_key, ordered_on
),

final as (
    select
        d.*,
        case
            when is_occasion
                then row_number() over (
                    partition by customer_key, is_occasion order by ordered_on
                )
        end as occasion_number,
        case
            when is_occasion
                then date_diff(
                    'day',
                    lag(ordered_on) over (
                        partition by customer_key, is_occasion order by ordered_on
                    ),
                    ordered_on
                )
        end as interval_days
    from business_day d
)

select * from final
