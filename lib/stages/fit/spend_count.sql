-- grain: one row a frequency and bin of the mean repeat value, of customers who came back
-- Means are told apart by their first four digits, in ten-thousandths: 12.3456 -> 123500. A bin is at
-- most 0.1 % wide, so that rows grow with the bins and not with the customers, and the likelihood of
-- their means is that of the customers.
with features as (
    select frequency, repeat_occasion_value as value
    from customer_features
    where
        snapshot_on = :as_of and run_id = :run_id
        and frequency > 0 and repeat_occasion_value > 0
),

binned as (
    select
        frequency,
        value,
        case
            when value < 1 then cast(value * 10000 as bigint)
            when value < 10 then cast(value * 1000 as bigint) * 10
            when value < 100 then cast(value * 100 as bigint) * 100
            when value < 1000 then cast(value * 10 as bigint) * 1000
            when value < 10000 then cast(value as bigint) * 10000
            when value < 100000 then cast(value as bigint) / 10 * 100000
            else cast(value as bigint) / 100 * 1000000
        end as spend_bin
    from features
),

final as (
    select
        frequency,
        spend_bin,
        cast(sum(value) as double) / nullif(cast(count(*) as double), 0e0) as mean_value,
        count(*) as count_customers
    from binned
    group by frequency, spend_bin
)

select * from final
