-- grain: one row a line of an order, of a return or of a cancelled order, up to the as-of date
-- Which record wins: with order_id and line_id the greater updated_at, else the later delivery;
-- with order_id alone the later delivery replaces the whole order; without order_id a line counts
-- as often as the file that has it most often.
with part as (
    select feed, load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part'
),

identifier as (
    select customer_key, source, kind, value
    from customer_identifier
    where snapshot_on = :as_of and run_id = :run_id
),

record as (
    select
        o.source,
        o.load_id,
        o.record_number,
        p.load_rank,
        o.ordered_at,
        cast(
            cast(
                cast(o.ordered_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as ordered_on,
        o.order_id,
        o.line_id,
        o.customer_id,
        o.email,
        o.phone,
        coalesce(o.channel, nullif(o.source, ''), 'unknown') as channel,
        o.store,
        o.product_id,
        o.quantity,
        o.unit_price,
        o.discount,
        o.amount,
        coalesce(o.shipping_charged, cast(0 as decimal(18, 4))) as shipping_charged,
        coalesce(o.status, '') as status,
        o.updated_at
    from accepted_orders o
    join part p on p.feed = 'orders' and p.part_id = o.part_id and p.load_id = o.load_id
),

keyed as (
    select
        r.*,
        row_number() over (
            partition by source, order_id, line_id
            order by updated_at desc nulls last, load_rank desc, record_number desc
        ) as place
    from record r
    where order_id is not null and line_id is not null
),

order_load as (
    select
        source,
        order_id,
        load_id,
        row_number() over (
            partition by source, order_id
            order by max(updated_at) desc nulls last, max(load_rank) desc
        ) as place
    from record
    where order_id is not null and line_id is null
    group by source, order_id, load_id
),

replaced as (
    select r.*, cast(1 as bigint) as place
    from record r
    join order_load l
        on l.source = r.source and l.order_id = r.order_id and l.load_id = r.load_id and l.place = 1
    where r.line_id is null
),

copied as (
    select
        r.*,
        row_number() over (
            partition by
                load_id, source, ordered_at, customer_id, email, phone, channel, store, product_id,
                quantity, unit_price, discount, amount, shipping_charged, status
            order by record_number
        ) as copy_number
    from record r
    where order_id is null
),

uncopied as (
    select
        c.*,
        row_number() over (
            partition by
                source, ordered_at, customer_id, email, phone, channel, store, product_id,
                quantity, unit_price, discount, amount, shipping_charged, status, copy_number
            order by load_rank desc
        ) as place
    from copied c
),

winner as (
    select
        source, ordered_at, ordered_on, order_id, line_id, customer_id, email, phone, channel,
        store, product_id, quantity, unit_price, discount, amount, shipping_charged, status
    from keyed
    where place = 1
    union all
    select
        source, ordered_at, ordered_on, order_id, line_id, customer_id, email, phone, channel,
        store, product_id, quantity, unit_price, discount, amount, shipping_charged, status
    from replaced
    union all
    select
        source, ordered_at, ordered_on, order_id, line_id, customer_id, email, phone, channel,
        store, product_id, quantity, unit_price, discount, amount, shipping_charged, status
    from uncopied
    where place = 1
),

referred as (
    select
        w.*,
        case
            when customer_id is not null then 'source_id'
            when email is not null then 'email'
            else 'phone'
        end as reference_kind,
        case when customer_id is not null then source else '' end as reference_source,
        coalesce(customer_id, email, phone) as reference
    from winner w
    where ordered_on <= :as_of
),

identified as (
    select
        r.*,
        i.customer_key as line_customer_key,
        row_number() over (
            partition by r.source, r.ordered_at, r.order_id, i.customer_key
            order by
                r.channel, r.store, r.product_id, r.quantity, r.unit_price, r.discount, r.amount,
                r.shipping_charged, r.status
        ) as anonymous_number
    from referred r
    left join identifier i
        on i.kind = r.reference_kind and i.source = r.reference_source and i.value = r.reference
),

ordered as (
    select
        i.*,
        coalesce(
            order_id,
            substr(cast(ordered_at as varchar), 1, 19) || ' '
            || coalesce(line_customer_key, cast(anonymous_number as varchar))
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
                store, shipping_charged, status, line_customer_key
        ) as line_number
    from ordered o
),

product_record as (
    select
        a.product_id,
        a.category,
        a.unit_cost,
        row_number() over (
            partition by a.product_id order by p.load_rank desc, a.record_number desc
        ) as place
    from accepted_products a
    join part p on p.feed = 'products' and p.part_id = a.part_id and p.load_id = a.load_id
),

judged as (
    select
        n.*,
        p.category,
        p.unit_cost,
        n.status = 'cancelled' as is_cancelled,
        n.status <> 'cancelled' and (n.quantity < 0 or n.amount < 0) as is_return,
        n.status <> 'cancelled' and n.quantity >= 0 and n.amount >= 0
        and (n.quantity > 0 or n.amount > 0) as is_sale
    from numbered n
    left join product_record p on p.product_id = n.product_id and p.place = 1
),

priced as (
    select
        j.*,
        case when is_sale then amount + discount else cast(0 as decimal(18, 4)) end as gross_sales,
        case when is_sale then discount else cast(0 as decimal(18, 4)) end as discount_given,
        case when is_return then abs(amount) else cast(0 as decimal(18, 4)) end as return_amount,
        case
            when is_return then -abs(amount)
            when is_sale then amount
            else cast(0 as decimal(18, 4))
        end as net_sales
    from judged j
),

final as (
    select
        source,
        final_order_id as order_id,
        line_number,
        customer_key,
        ordered_at,
        ordered_on,
        channel,
        store,
        product_id,
        category,
        case when is_return then -abs(quantity) else quantity end as quantity,
        is_sale,
        is_return,
        is_cancelled,
        gross_sales,
        discount_given as discount,
        return_amount,
        net_sales,
        case
            when is_cancelled then cast(0 as decimal(18, 4))
            when unit_cost is null
                then cast(
                    cast(net_sales as decimal(38, 4)) * (1 - :margin_rate) as decimal(18, 4)
                )
            when is_return and quantity >= 0 then cast(0 as decimal(18, 4))
            else cast(cast(unit_cost as decimal(38, 4)) * quantity as decimal(18, 4))
        end as cost_of_goods,
        case when is_cancelled then cast(0 as decimal(18, 4)) else shipping_charged end
            as shipping_charged
    from priced
)

select * from final
