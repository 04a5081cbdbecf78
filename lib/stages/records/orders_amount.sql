-- grain: one row an order that tells amounts of the whole of it
-- They stand on one line of the order or, equal, on several. An order whose amounts contradict each
-- other waits; a refund is at most what was sold.
with line as (
    select
        source, document, is_sale, is_return, status, kind, amount, order_discount, order_shipping,
        order_refund, order_subtotal, refunded_at
    from orders_winner
    where snapshot_on = :as_of and run_id = :run_id
),

reporting as (
    select value as currency
    from run_input
    where
        snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'
),

minor as (
    select coalesce(max(cast(u.unit as decimal(18, 4))), 0.01) as minor_unit
    from reporting r
    left join (:minor_units) as u (currency, unit) on u.currency = r.currency
),

told as (
    select
        source,
        document,
        count(*) as count_lines,
        bool_or(is_sale) as has_sale,
        bool_or(is_return) as has_return,
        count(distinct nullif(order_discount, 0)) > 1
        or count(distinct nullif(order_shipping, 0)) > 1
        or count(distinct nullif(order_refund, 0)) > 1
        or count(distinct nullif(order_subtotal, 0)) > 1 as is_contradictory,
        coalesce(max(nullif(order_discount, 0)), 0) as order_discount,
        coalesce(max(nullif(order_shipping, 0)), 0) as order_shipping,
        coalesce(max(abs(order_refund)), 0) as order_refund,
        coalesce(max(nullif(order_subtotal, 0)), max(order_subtotal)) as order_subtotal,
        max(refunded_at) as refunded_at,
        sum(case when is_sale then amount else cast(0 as decimal(18, 4)) end) as sale_amount,
        -- Gift cards are goods to whoever sums an order up.
        sum(
            case
                when status not in ('cancelled', 'open') and kind in ('sale', 'gift_card')
                    then amount
                else cast(0 as decimal(18, 4))
            end
        ) as lines_amount
    from line
    group by source, document
    having
        count(nullif(order_discount, 0)) > 0 or count(nullif(order_shipping, 0)) > 0
        or count(nullif(order_refund, 0)) > 0
        or count(order_subtotal) > 0 and (bool_or(is_sale) or bool_or(is_return))
),

final as (
    select
        source,
        document,
        order_discount,
        order_shipping,
        case
            when has_return or sale_amount <= order_discount then cast(0 as decimal(18, 4))
            when order_refund > sale_amount - order_discount
                then cast(sale_amount - order_discount as decimal(18, 4))
            else order_refund
        end as order_refund,
        not has_return and sale_amount > order_discount
        and order_refund >= sale_amount - order_discount as is_refunded_wholly,
        refunded_at,
        order_subtotal,
        lines_amount,
        cast(minor_unit as decimal(18, 4)) as minor_unit,
        case
            when not has_sale and not has_return then cast(null as varchar)
            when is_contradictory then 'amounts_differ'
            when
                has_sale and order_discount < 0
                -- Sides may differ by half a minor unit a line, as each was rounded by itself.
                or 2 * abs(lines_amount - order_discount - order_subtotal) > count_lines * minor_unit
                then 'does_not_add_up'
        end as waits_for
    from told
    cross join minor
)

select * from final
