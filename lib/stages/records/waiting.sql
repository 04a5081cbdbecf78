-- grain: one row a kind of what counts nowhere until something comes, what that is, and a source
with reporting as (
    select value as currency
    from run_input
    where
        snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'
),

whole as (
    select source, document, waits_for, lines_amount, order_discount, order_subtotal
    from orders_amount
    where snapshot_on = :as_of and run_id = :run_id
),

line as (
    select
        source, document, ordered_on, amount, is_sale, is_return,
        coalesce(currency, min(currency) over (partition by source, document)) as currency
    from orders_winner
    where snapshot_on = :as_of and run_id = :run_id and ordered_on <= :as_of
),

-- By what an order lacks first; what counts nowhere anyway waits for nothing.
lacking as (
    select
        l.source,
        l.document,
        l.ordered_on,
        l.currency,
        l.amount,
        case
            when l.currency is not null and coalesce(l.currency <> r.currency, true) then 'no_rate'
            else w.waits_for
        end as kind,
        w.lines_amount - w.order_discount as lines_amount,
        w.order_subtotal
    from line l
    cross join reporting r
    left join whole w on w.source = l.source and w.document = l.document
    where l.is_sale or l.is_return
),

document as (
    select
        kind,
        case when kind = 'no_rate' then currency end as currency,
        source,
        document,
        min(ordered_on) as first_on,
        max(ordered_on) as last_on,
        count(*) as count_lines,
        sum(amount) as amount,
        max(lines_amount) as lines_amount,
        max(order_subtotal) as order_subtotal
    from lacking
    where kind is not null
    group by kind, case when kind = 'no_rate' then currency end, source, document
),

final as (
    select
        kind,
        coalesce(currency, '') as missing,
        source,
        min(first_on) as first_on,
        max(last_on) as last_on,
        count(*) as count_orders,
        cast(sum(count_lines) as bigint) as count_lines,
        sum(amount) as amount,
        case when kind = 'does_not_add_up' then sum(lines_amount) end as lines_amount,
        case when kind = 'does_not_add_up' then sum(order_subtotal) end as order_subtotal
    from document
    group by kind, currency, source
)

select * from final
