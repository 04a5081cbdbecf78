-- grain: one row a delivered order line that counts, up to the as-of date
-- Which row wins: with order_id and line_id the greater updated_at, else the later delivery;
-- with order_id alone the later delivery replaces the whole order; without order_id a line counts
-- as often as the file that has it most often. A winner later than the as-of date counts as
-- nothing, and brings back none of those it replaced; so does one in another currency than the
-- reporting one, for which there is no rate.
with part as (
    select load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'orders'
),

reporting as (
    select value as currency
    from run_input
    where
        snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'
),

record as (
    select
        o.source,
        o.load_id,
        o.record_number,
        p.load_rank,
        o.ordered_at,
        o.order_id,
        o.line_id,
        o.customer_id,
        o.email,
        o.phone,
        o.channel,
        o.store,
        o.currency,
        o.product_id,
        o.quantity,
        o.unit_price,
        o.discount,
        o.amount,
        coalesce(o.shipping_charged, cast(0 as decimal(18, 4))) as shipping_charged,
        coalesce(o.status, '') as status,
        coalesce(o.kind, 'sale') as kind,
        o.updated_at
    from accepted_orders o
    join part p on p.part_id = o.part_id and p.load_id = o.load_id
),

keyed as (
    select
        r.*,
        cast(1 as bigint) as copy_number,
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

whole as (
    select r.*, cast(1 as bigint) as copy_number, l.place
    from record r
    join order_load l
        on l.source = r.source and l.order_id = r.order_id and l.load_id = r.load_id
    where r.line_id is null and l.place = 1
),

copied as (
    select
        r.*,
        row_number() over (
            partition by
                load_id, source, ordered_at, customer_id, email, phone, channel, store, currency,
                product_id, quantity, unit_price, discount, amount, shipping_charged, status, kind
            order by record_number
        ) as copy_number
    from record r
    where order_id is null
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
    select k.* from keyed k where place = 1
    union all
    select w.* from whole w
    union all
    select u.* from uncopied u where place = 1
),

dated as (
    select
        w.*,
        cast(
            cast(
                cast(w.ordered_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as ordered_on
    from winner w
),

final as (
    select
        load_id,
        record_number,
        source,
        order_id,
        line_id,
        ordered_at,
        ordered_on,
        case
            when customer_id is not null then 'source_id'
            when email is not null then 'email'
            when phone is not null then 'phone'
        end as reference_kind,
        case when customer_id is not null then source else '' end as reference_source,
        coalesce(customer_id, email, phone) as reference_value,
        email,
        phone,
        coalesce(channel, nullif(source, ''), 'unknown') as channel,
        store,
        product_id,
        quantity,
        unit_price,
        discount,
        amount,
        shipping_charged,
        status,
        kind
    from dated
    cross join reporting
    where
        ordered_on <= :as_of
        and (dated.currency is null or coalesce(dated.currency = reporting.currency, false))
)

select * from final
