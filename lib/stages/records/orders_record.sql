-- grain: one row an order line that counts or was given back, up to the as-of date
-- Amounts of the whole order are in the amounts of its lines. Of return lines, a refund of the whole
-- order and a status that says given back the first there is counts, and never two; what is no
-- return line becomes a document of its own, on the day of the refund, else of the status, else of
-- the order. A line later than the as-of date counts as nothing, and brings back none of those it
-- replaced; so does one in another currency than the reporting one, or one whose order waits. Exports
-- tell currency and channel on the first line of an order alone: a line without has its order's.
with reporting as (
    select value as currency
    from run_input
    where
        snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'
),

whole as (
    select source, document, order_refund, is_refunded_wholly, refunded_at, waits_for
    from orders_amount
    where snapshot_on = :as_of and run_id = :run_id
),

share as (
    select
        load_id,
        record_number,
        sum(case when kind = 'discount' then amount end) as discount,
        sum(case when kind = 'shipping' then amount end) as shipping,
        sum(case when kind = 'refund' then amount end) as refund
    from orders_share
    where snapshot_on = :as_of and run_id = :run_id
    group by load_id, record_number
),

winner as (
    select
        source, load_id, record_number, document, order_id, line_id, ordered_at, updated_at,
        reference_kind, reference_source, reference_value, email, phone, channel, store, currency,
        product_id, quantity, unit_price, discount, amount, shipping_charged, status, kind,
        is_sale, is_return
    from orders_winner
    where snapshot_on = :as_of and run_id = :run_id
),

shared as (
    select
        w.source, w.load_id, w.record_number, w.order_id, w.line_id, w.ordered_at,
        w.reference_kind, w.reference_source, w.reference_value, w.email, w.phone, w.store,
        w.product_id, w.quantity, w.unit_price, w.status, w.kind, w.is_sale, w.is_return,
        cast(w.discount + coalesce(s.discount, 0) as decimal(18, 4)) as discount,
        cast(w.amount - coalesce(s.discount, 0) as decimal(18, 4)) as amount,
        cast(w.shipping_charged + coalesce(s.shipping, 0) as decimal(18, 4)) as shipping_charged,
        coalesce(a.order_refund, 0) > 0 as has_order_refund,
        coalesce(a.is_refunded_wholly, false) as is_refunded_wholly,
        cast(s.refund as decimal(18, 4)) as refund,
        bool_or(w.is_return) over (partition by w.source, w.document) as has_return,
        a.refunded_at,
        coalesce(w.channel, min(w.channel) over (partition by w.source, w.document)) as channel,
        coalesce(w.currency, min(w.currency) over (partition by w.source, w.document)) as currency,
        r.currency as reporting_currency,
        max(w.updated_at) over (partition by w.source, w.document) as updated_at
    from winner w
    cross join reporting r
    left join whole a on a.source = w.source and a.document = w.document
    left join share s on s.load_id = w.load_id and s.record_number = w.record_number
    where a.waits_for is null
),

judged as (
    select
        s.*,
        case
            when not is_sale or has_return then cast(0 as decimal(18, 4))
            when has_order_refund and not is_refunded_wholly
                then coalesce(refund, cast(0 as decimal(18, 4)))
            when has_order_refund or status = 'given_back' then amount
            else cast(0 as decimal(18, 4))
        end as given_back,
        is_refunded_wholly or not has_order_refund as is_given_back_wholly
    from shared s
    where s.currency is null or coalesce(s.currency = s.reporting_currency, false)
),

-- A line that was given back is a second row.
booked as (
    select
        j.*,
        b.is_refund,
        case when is_refund then coalesce(refunded_at, updated_at, ordered_at) else ordered_at end
            as booked_at
    from judged j
    cross join (values (false), (true)) as b (is_refund)
    where not is_refund or given_back <> 0
),

dated as (
    select
        b.*,
        cast(
            cast(
                cast(b.booked_at as timestamp with time zone) at time zone :time_zone as timestamp
            ) as date
        ) as booked_on
    from booked b
),

final as (
    select
        load_id,
        record_number,
        is_refund,
        source,
        case when is_refund then order_id || ' refund' else order_id end as order_id,
        line_id,
        booked_at as ordered_at,
        booked_on as ordered_on,
        reference_kind, reference_source, reference_value, email, phone,
        coalesce(channel, nullif(source, ''), 'unknown') as channel,
        store,
        product_id,
        case
            when not is_refund then quantity
            when is_given_back_wholly then -quantity
            else cast(0 as decimal(18, 4))
        end as quantity,
        unit_price,
        case when is_refund then cast(0 as decimal(18, 4)) else discount end as discount,
        case when is_refund then -given_back else amount end as amount,
        case when is_refund then cast(0 as decimal(18, 4)) else shipping_charged end
            as shipping_charged,
        status,
        kind,
        is_sale and not is_refund as is_sale,
        is_return or is_refund as is_return,
        is_refund and refunded_at is null and updated_at is null as is_undated_refund
    from dated
    where booked_on <= :as_of
)

select * from final
