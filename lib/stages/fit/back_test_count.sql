-- grain: one row a cut, distinct history before it and outcome after it
-- Values are told apart by their first two digits, in tenths: 12.34 -> 120, 1234 -> 12000.
with cut as (
    select
        cut_on,
        cast(cut_on - horizon_days * interval '1' day as date) as earlier_than,
        cast(cut_on + horizon_days * interval '1' day as date) as ends_on
    from back_test_cut
    where snapshot_on = :as_of and run_id = :run_id
),

occasion as (
    select customer_key, ordered_on, occasion_value, occasion_number
    from customer_day
    where snapshot_on = :as_of and run_id = :run_id and is_occasion
),

history as (
    select
        c.cut_on,
        o.customer_key,
        min(o.ordered_on) as first_on,
        max(case when o.ordered_on <= c.cut_on then o.ordered_on end) as last_on,
        count(case when o.ordered_on <= c.cut_on then 1 end) as occasions,
        count(case when o.ordered_on <= c.cut_on and o.ordered_on > c.earlier_than then 1 end)
            as earlier_orders,
        count(case when o.ordered_on > c.cut_on then 1 end) as actual_orders,
        sum(case when o.ordered_on <= c.cut_on then o.occasion_value else 0 end) as all_value,
        sum(case when o.ordered_on <= c.cut_on and o.occasion_number > 1 then o.occasion_value else 0 end)
            as later_value,
        sum(case when o.ordered_on > c.cut_on then o.occasion_value else 0 end) as actual_value
    from occasion o
    join cut c on o.ordered_on <= c.ends_on
    group by c.cut_on, o.customer_key
    having min(o.ordered_on) <= c.cut_on
),

measured as (
    select
        cut_on,
        occasions - 1 as frequency,
        date_diff('day', first_on, last_on) as recency_days,
        date_diff('day', first_on, cut_on) as age_days,
        earlier_orders,
        actual_orders,
        cast(actual_value as decimal(38, 4)) as actual_value,
        cast(
            round(cast(all_value as double) / nullif(cast(occasions as double), 0e0), 4)
            as decimal(38, 4)
        ) as average_value,
        coalesce(
            cast(
                round(
                    cast(later_value as double) / nullif(cast(occasions - 1 as double), 0e0), 4
                ) as decimal(38, 4)
            ),
            0
        ) as repeat_value
    from history
),

binned as (
    select
        m.*,
        case
            when repeat_value < 10 then cast(repeat_value * 10 as bigint)
            when repeat_value < 100 then cast(repeat_value as bigint) * 10
            when repeat_value < 1000 then cast(repeat_value as bigint) / 10 * 100
            when repeat_value < 10000 then cast(repeat_value as bigint) / 100 * 1000
            else cast(repeat_value as bigint) / 1000 * 10000
        end as spend_bin,
        case
            when actual_value < 10 then cast(actual_value * 10 as bigint)
            when actual_value < 100 then cast(actual_value as bigint) * 10
            when actual_value < 1000 then cast(actual_value as bigint) / 10 * 100
            when actual_value < 10000 then cast(actual_value as bigint) / 100 * 1000
            else cast(actual_value as bigint) / 1000 * 10000
        end as actual_bin
    from measured m
),

final as (
    select
        cut_on,
        frequency,
        recency_days,
        age_days,
        spend_bin,
        earlier_orders,
        actual_orders,
        actual_bin,
        count(*) as count_customers,
        sum(repeat_value) as repeat_value,
        sum(average_value) as average_value,
        sum(actual_value) as actual_value
    from binned
    group by
        cut_on, frequency, recency_days, age_days, spend_bin, earlier_orders, actual_orders,
        actual_bin
)

select * from final
