-- grain: one row a line of an order, of a return or of a cancelled order, up to the as-of date
with record as (
    select
        source, order_id, line_id, ordered_at, ordered_on, reference_kind, reference_source,
        reference_value, channel, store, product_id, quantity, unit_price, discount, amount,
        shipping_charged, status, kind, is_sale, is_return, is_refund
    from orders_record
    where snapshot_on = :as_of and run_id = :run_id
),

identifier as (
    select customer_key, source, kind, value
    from customer_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

product as (
    select product_id, category, unit_cost
    from products_record
    where snapshot_on = :as_of and run_id = :run_id
),

basis as (
    select value_basis, cost_rate
    from value_basis
    where snapshot_on = :as_of and run_id = :run_id
),

category_rate as (
    select category, cost_rate
    from category_cost
    where snapshot_on = :as_of and run_id = :run_id
),

identified as (
    select
        r.*,
        i.customer_key as line_customer_key,
        row_number() over (
            partition by r.source, r.ordered_at, r.order_id, i.customer_key
            order by
                r.channel, r.store, r.product_id, r.quantity, r.unit_price, r.discount, r.amount,
                r.shipping_charged, r.status, r.kind
        ) as anonymous_number
    from record r
    left join identifier i
        on i.kind = r.reference_kind and i.source = r.reference_source
        and i.value = r.reference_value
),

ordered as (
    select
        i.*,
        coalesce(
            order_id,
            substr(cast(ordered_at as varchar), 1, 19) || ' '
            || coalesce(line_customer_key, cast(anonymous_number as varchar))
            -- A refund is a document of its own, and an order number says it already.
            || case when is_refund then ' refund' else '' end
        ) as final_order_id
    from identified i
),

numbered as (
    select
        o.*,
        min(line_customer_key) over (partition by source, final_order_id) as customer_key,
        row_number() over (
            partition by source, final_order_id
            order by
                line_id, ordered_at, product_id, quantity, unit_price, discount, amount, channel,
                store, shipping_charged, status, kind, line_customer_key
        ) as line_number
    from ordered o
),

judged as (
    select
        n.*,
        p.category, p.unit_cost,
        n.status in ('cancelled', 'open') as is_cancelled
    from numbered n
    left join product p on p.product_id = n.product_id
),

priced as (
    select
        j.*,
        case when is_sale then amount + discount else cast(0 as decimal(18, 4)) end as gross_sales,
        case when is_sale then discount else cast(0 as decimal(18, 4)) end as discount_given,
        -- A return line has its sign in the quantity or in the amount, a refund in the amount.
        case
            when is_refund then -amount
            when is_return then abs(amount)
            else cast(0 as decimal(18, 4))
        end as return_amount,
        case
            when is_sale or is_refund then amount
            when is_return then -abs(amount)
            else cast(0 as decimal(18, 4))
        end as net_sales
    from judged j
),

based as (
    select
        p.*,
        b.value_basis,
        coalesce(r.cost_rate, b.cost_rate, 0e0) as known_cost_rate,
        case
            when not p.is_sale and not p.is_return then null
            when p.unit_cost is not null then 'product'
            when :margin_rate is not null then 'margin_rate'
            when b.value_basis = 'contribution' then 'category'
            else 'unknown'
        end as cost_basis
    from priced p
    cross join basis b
    left join category_rate r on r.category = coalesce(p.category, '')
),

final as (
    select
        source,
        final_order_id as order_id,
        line_number, customer_key, ordered_at, ordered_on, channel, store, product_id, category,
        case when is_return then -abs(quantity) else quantity end as quantity,
        status, kind, is_sale, is_return, is_cancelled,
        gross_sales,
        discount_given as discount,
        return_amount,
        net_sales,
        cost_basis,
        case
            when value_basis <> 'contribution' then null
            when cost_basis is null then cast(0 as decimal(38, 4))
            when cost_basis = 'product' and is_return and quantity >= 0
                then cast(0 as decimal(38, 4))
            when cost_basis = 'product'
                then cast(cast(unit_cost as decimal(38, 4)) * quantity as decimal(38, 4))
            when cost_basis = 'margin_rate'
                then cast(cast(net_sales as decimal(38, 4)) * (1 - :margin_rate) as decimal(38, 4))
            else cast(round(cast(net_sales as double) * known_cost_rate, 4) as decimal(38, 4))
        end as cost_of_goods,
        case when is_cancelled then cast(0 as decimal(18, 4)) else shipping_charged end
            as shipping_charged
    from based
)

select * from final
