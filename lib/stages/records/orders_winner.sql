-- grain: one row a delivered order line that no other delivery replaces
-- Of an order with a number the lines of the deliveries that count, of equal line numbers the one
-- changed last, and of an order that a load holds in several states the last; without a number a line as often as the file that has it most often.
with part as (
    select load_id, name as part_id, load_rank, delivered_at
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

numbering as (
    select source, is_restarting
    from orders_numbering
    where snapshot_on = :as_of and run_id = :run_id
),

counted as (
    select source, order_id, load_id, counts_from
    from orders_delivery
    where snapshot_on = :as_of and run_id = :run_id and is_counted
),

record as (
    select
        o.source, o.load_id, o.record_number, p.load_rank, o.order_id as number, o.line_id,
        o.ordered_at,
        cast(
            cast(
                cast(o.ordered_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as ordered_on,
        o.customer_id, o.email, o.phone, o.channel, o.store, o.currency, o.product_id, o.quantity,
        o.unit_price, o.discount, o.amount, o.order_discount, o.order_shipping, o.order_refund,
        o.order_subtotal, o.refunded_at,
        coalesce(o.shipping_charged, cast(0 as decimal(18, 4))) as shipping_charged,
        coalesce(o.status, '') as status,
        coalesce(o.kind, 'sale') as kind,
        o.updated_at,
        coalesce(o.updated_at, p.delivered_at) as changed_at
    from accepted_orders o
    join part p on p.part_id = o.part_id and p.load_id = o.load_id
),

keyed as (
    select
        r.*,
        case
            when n.is_restarting
                then substr(cast(ordered_on as varchar), 1, 10) || ' '
                || coalesce(store || ' ', '') || number
            else number
        end as order_id
    from record r
    left join numbering n on n.source = r.source
),

numbered as (
    select
        k.*,
        cast(1 as bigint) as copy_number,
        row_number() over (
            partition by
                k.source, k.order_id, k.line_id,
                case when k.line_id is null then k.load_id end,
                case when k.line_id is null then k.record_number end
            order by k.changed_at desc, k.load_rank desc, k.record_number desc
        ) as place
    from keyed k
    join counted c
        on c.source = k.source and c.order_id = k.order_id and c.load_id = k.load_id
    where not coalesce(k.line_id is null and k.updated_at < c.counts_from, false)
),

copied as (
    select
        k.*,
        row_number() over (
            partition by
                load_id, source, ordered_at, customer_id, email, phone, channel, store, currency,
                product_id, quantity, unit_price, discount, amount, shipping_charged, status, kind
            order by record_number
        ) as copy_number
    from keyed k
    -- The column itself: files whose every order has a number are not read again.
    where number is null
),

-- Copies are alike: whose row stands for them may not hang on which file came first.
uncopied as (
    select
        c.*,
        row_number() over (
            partition by
                source, ordered_at, customer_id, email, phone, channel, store, currency,
                product_id, quantity, unit_price, discount, amount, shipping_charged, status, kind,
                copy_number
            order by load_id
        ) as place
    from copied c
),

winner as (
    select n.* from numbered n where place = 1
    union all
    select u.* from uncopied u where place = 1
),

referring as (
    select
        w.*,
        case
            when customer_id is not null then 'source_id'
            when email is not null then 'email'
            when phone is not null then 'phone'
        end as reference_kind,
        case when customer_id is not null then source else '' end as reference_source,
        coalesce(customer_id, email, phone) as reference_value,
        status not in ('cancelled', 'open') and kind = 'sale' as is_goods,
        quantity < 0 or amount + discount < 0 as is_negative,
        quantity = 0 and amount + discount = 0 as is_nothing
    from winner w
),

final as (
    select
        source, load_id, record_number, load_rank,
        -- Without a number a customer's lines at one instant are an order, and each other line.
        coalesce(
            'number ' || order_id,
            'instant ' || substr(cast(ordered_at as varchar), 1, 19) || ' ' || reference_kind
            || ' ' || reference_value,
            'record ' || load_id || ' ' || cast(record_number as varchar)
        ) as document,
        order_id, line_id, ordered_at, ordered_on, updated_at, reference_kind, reference_source,
        reference_value, email, phone, channel, store, currency, product_id, quantity, unit_price,
        discount, amount, shipping_charged, order_discount, order_shipping, order_refund,
        order_subtotal, refunded_at, status, kind,
        is_goods and not is_negative and not is_nothing as is_sale,
        is_goods and is_negative as is_return
    from referring
)

select * from final
