-- grain: one row a category with goods sold in the last 12 months; empty text for goods without one
with sold as (
    select quantity, amount, product_id
    from orders_record
    where
        snapshot_on = :as_of and run_id = :run_id
        and ordered_on > cast(:as_of - interval '12' month as date)
        and is_sale
),

product as (
    select product_id, category, unit_cost
    from products_record
    where snapshot_on = :as_of and run_id = :run_id
),

costed as (
    select
        coalesce(p.category, '') as category,
        s.amount,
        p.unit_cost is not null as is_known,
        case
            when p.unit_cost is not null
                then cast(cast(p.unit_cost as decimal(38, 4)) * s.quantity as decimal(38, 4))
        end as cost
    from sold s
    left join product p on p.product_id = s.product_id
),

final as (
    select
        category,
        sum(amount) as sales_12m,
        sum(case when is_known then amount else 0 end) as known_sales_12m,
        coalesce(sum(cost), 0) as known_cost_12m,
        cast(sum(cost) as double)
        / nullif(cast(sum(case when is_known then amount else 0 end) as double), 0e0) as cost_rate
    from costed
    group by category
)

select * from final
