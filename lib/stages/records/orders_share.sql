-- grain: one row an order line and an amount of its whole order that it has a share of
-- By value over the sale lines, else equally over them, else on the first line. Shares are whole
-- minor units: each line has its own rounded down, and what is left goes by a unit to those that
-- lost most, the first of equal ones; what is no whole unit goes to the first of all.
with amount as (
    select source, document, order_discount, order_shipping, order_refund, minor_unit
    from orders_amount
    where snapshot_on = :as_of and run_id = :run_id and waits_for is null
),

winner as (
    select source, document, load_id, record_number, load_rank, line_id, is_sale, amount
    from orders_winner
    where snapshot_on = :as_of and run_id = :run_id
),

line as (
    select
        w.source,
        w.document,
        w.load_id,
        w.record_number,
        a.order_discount,
        a.order_shipping,
        a.order_refund,
        a.minor_unit,
        case when w.is_sale then 1 else 0 end as sale_part,
        case when w.is_sale and w.amount > 0 then w.amount else cast(0 as decimal(18, 4)) end
            as value_part,
        row_number() over (
            partition by w.source, w.document
            order by w.line_id, w.load_rank, w.record_number
        ) as line_place
    from winner w
    join amount a on a.source = w.source and a.document = w.document
),

summed as (
    select
        l.*,
        sum(sale_part) over (partition by source, document) as sale_parts,
        sum(value_part) over (partition by source, document) as value_parts
    from line l
),

weighed as (
    select
        s.*,
        case
            when value_parts > 0 then cast(value_part as double)
            when sale_parts > 0 then cast(sale_part as double)
            when line_place = 1 then 1e0
            else 0e0
        end as weight,
        case
            when value_parts > 0 then cast(value_parts as double)
            when sale_parts > 0 then cast(sale_parts as double)
            else 1e0
        end as total_weight
    from summed s
),

amounts as (
    select
        w.*,
        k.kind,
        case k.kind
            when 'discount' then order_discount
            when 'shipping' then order_shipping
            else order_refund
        end as total
    from weighed w
    cross join (values ('discount'), ('shipping'), ('refund')) as k (kind)
),

divided as (
    select
        a.*,
        round(
            cast(abs(total) as double) * weight / nullif(total_weight, 0e0)
            / nullif(cast(minor_unit as double), 0e0), 4
        ) as units
    from amounts a
    where total <> 0 and weight > 0e0
),

rounded as (
    select
        d.*,
        cast(cast(floor(units) as bigint) as decimal(38, 4)) * minor_unit as least_share,
        row_number() over (
            partition by source, document, kind
            order by cast(round(units - floor(units), 4) as decimal(18, 4)) desc, line_place
        ) as place
    from divided d
),

given as (
    select
        r.*,
        case
            when
                place * minor_unit
                <= abs(total) - sum(least_share) over (partition by source, document, kind)
                then least_share + minor_unit
            else least_share
        end as share
    from rounded r
),

final as (
    select
        load_id,
        record_number,
        kind,
        cast(
            sign(total) * (
                case
                    when place = 1
                        then share + abs(total) - sum(share) over (partition by source, document, kind)
                    else share
                end
            ) as decimal(18, 4)
        ) as amount
    from given
)

select * from final
