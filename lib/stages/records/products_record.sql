-- grain: one row a product
-- Of a product the record counts that was delivered last.
with part as (
    select load_id, name as part_id, load_rank
    from run_input
    where snapshot_on = :as_of and run_id = :run_id and kind = 'part' and feed = 'products'
),

record as (
    select
        a.load_id,
        a.record_number,
        a.source,
        a.product_id,
        a.name,
        a.category,
        a.range_rank,
        a.unit_cost,
        a.list_price,
        row_number() over (
            partition by a.product_id order by p.load_rank desc, a.record_number desc
        ) as place
    from accepted_products a
    join part p on p.part_id = a.part_id and p.load_id = a.load_id
),

final as (
    select
        load_id, record_number, source, product_id, name, category, range_rank, unit_cost,
        list_price
    from record
    where place = 1
)

select * from final
