import { binCase } from './value-bins.ts';

/**
 * The SELECTs behind the report, in the dialect of the night. They read one run and group until no
 * single customer is left.
 */

const ofRun = 'snapshot_on = :as_of and run_id = :run_id';
const lastYear = `ordered_on > cast(:as_of - interval '12' month as date)`;
const yearBefore = `ordered_on > cast(:as_of - interval '24' month as date)
            and ordered_on <= cast(:as_of - interval '12' month as date)`;

export const sales = `
select
    count(distinct case when is_order and ${lastYear} then customer_key end) as active_customers,
    count(distinct case when is_order and ${yearBefore} then customer_key end)
        as active_customers_before,
    count(case when is_order and ${lastYear} then 1 end) as orders,
    count(case when is_order and ${yearBefore} then 1 end) as orders_before,
    cast(coalesce(sum(case when ${lastYear} then net_sales end), 0) as decimal(18, 4)) as net_sales,
    cast(coalesce(sum(case when ${yearBefore} then net_sales end), 0) as decimal(18, 4))
        as net_sales_before,
    cast(coalesce(sum(case when ${lastYear} then gross_margin end), 0) as decimal(18, 4))
        as gross_margin,
    coalesce(min(ordered_on) <= cast(:as_of - interval '23' month as date), false)
        as has_year_before
from sales_order
where ${ofRun}`;

export const people = `
select
    count(*) as count_people,
    count(expected_occasion_value) as count_customers,
    cast(sum(predicted_clv_12m) as decimal(18, 4)) as predicted_value,
    cast(sum(cast(round(p_alive, 4) as decimal(18, 4))) as decimal(18, 4)) as expected_alive
from customer_value
where ${ofRun}`;

export const periods = `
select
    period, period_start_on, is_complete, orders, net_sales, gross_margin, customers, new_customers,
    returning_customers, reactivated_customers, lost_customers, activity_rate, repurchase_rate,
    retention_rate, average_basket, purchase_frequency, discount_rate, return_rate
from kpi_snapshot
where ${ofRun} and dimension = 'total'
order by period_start_on, period`;

export const channelMonths = `
select member as channel, period_start_on, orders, net_sales
from kpi_snapshot
where ${ofRun} and dimension = 'channel' and period = 'month'
order by period_start_on, member`;

export const valueBins = `
with binned as (
    select ${binCase('predicted_clv_12m')} as bin, predicted_clv_12m
    from customer_value
    where ${ofRun} and predicted_clv_12m is not null
)

select
    bin,
    count(*) as count_customers,
    cast(sum(predicted_clv_12m) as decimal(18, 4)) as predicted_value
from binned
group by bin
order by bin`;

export const valueTenths = `
with ranked as (
    select
        ntile(10) over (order by predicted_clv_12m desc, customer_key) as tenth,
        predicted_clv_12m,
        historic_value_12m
    from customer_value
    where ${ofRun} and predicted_clv_12m is not null
)

select
    tenth,
    count(*) as count_customers,
    cast(sum(predicted_clv_12m) as decimal(18, 4)) as predicted_value,
    cast(sum(historic_value_12m) as decimal(18, 4)) as net_sales
from ranked
group by tenth
order by tenth`;

export const salesForecast = `
select sales, sales_p10, sales_p90
from total_forecast
where ${ofRun} and horizon_months = 12 and sales is not null`;

/** A group of the rfm scheme is a function of the two scores, so a cell has one. */
export const rfmCells = `
with score as (
    select customer_key, recency_score, frequency_score from rfm_score where ${ofRun}
),

member as (
    select customer_key, segment from segment_member where ${ofRun} and scheme = 'rfm'
),

valued as (
    select customer_key, predicted_clv_12m from customer_value where ${ofRun}
)

select
    s.recency_score,
    s.frequency_score,
    min(m.segment) as segment,
    count(*) as count_customers,
    cast(sum(v.predicted_clv_12m) as decimal(18, 4)) as predicted_value
from score s
join member m on m.customer_key = s.customer_key
join valued v on v.customer_key = s.customer_key
group by s.recency_score, s.frequency_score
order by s.recency_score desc, s.frequency_score`;

export const segments = `
select
    segment, count_customers, net_sales_12m, predicted_clv_12m, mean_p_alive, priority_rank, action
from segment_profile
where ${ofRun} and scheme = 'rfm'
order by priority_rank`;

export const models = `
select
    model, parameter, estimate, standard_error, log_likelihood, count_customers, status, note
from model_fit
where ${ofRun}
order by model, parameter`;

export const methods = `
select method, count(*) as count_customers
from customer_value
where ${ofRun}
group by method
order by count(*) desc, method`;

/** The loads that the run was made of, and refused files that no later delivery has mended. */
const shownLoads = `
with part as (
    select distinct load_id from run_input where ${ofRun} and kind = 'part'
),

dated as (
    select
        l.*,
        max(case when l.status = 'loaded' then l.loaded_at end) over (partition by l.file)
            as last_loaded_at
    from load l
),

shown as (
    select d.*
    from dated d
    left join part p on p.load_id = d.load_id
    where
        p.load_id is not null
        or (d.status <> 'loaded' and coalesce(d.last_loaded_at < d.loaded_at, true))
)
`;

export const currency = `
select value
from run_input
where snapshot_on = :as_of and run_id = :run_id and kind = 'setting' and name = 'currency'`;

export const loads = `${shownLoads}
select feed, source, file, status, records_in, accepted, quarantined, ignored
from shown
order by file, load_id`;

export const refusals = `${shownLoads}
select
    s.file,
    q.effect,
    q.column_name,
    q.rule,
    q.hint,
    count(*) as count_records
from quarantine q
join shown s on s.load_id = q.load_id
group by s.file, q.effect, q.column_name, q.rule, q.hint
order by count(*) desc, s.file, q.rule, q.column_name, q.hint`;
