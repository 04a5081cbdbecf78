import { modelQuality } from '../tables/back-test.ts';
import { valueBasis } from '../tables/facts.ts';
import { modelFit, totalForecast } from '../tables/fit.ts';
import { identityGuard } from '../tables/identity.ts';
import { kpiSnapshot } from '../tables/kpis.ts';
import { load } from '../tables/load.ts';
import { quarantine } from '../tables/quarantine.ts';
import { runInput } from '../tables/run-input.ts';
import { rfmScore, segmentMember, segmentProfile } from '../tables/segments.ts';
import { customerValue } from '../tables/value.ts';
import { columnsOf, figure, flag, query, text, total, totalOrNull } from './query.ts';
import { binCase } from './value-bins.ts';

/**
 * The SELECTs behind the report, in the dialect of the night. They read one run and group until no
 * single customer is left.
 */

const ofRun = 'snapshot_on = :as_of and run_id = :run_id';
const lastYear = `ordered_on > cast(:as_of - interval '12' month as date)`;
const yearBefore = `ordered_on > cast(:as_of - interval '24' month as date)
            and ordered_on <= cast(:as_of - interval '12' month as date)`;

/** The reporting currency; NULL where neither the configuration nor a file names one. */
export const currency = query(
  columnsOf(runInput, ['value']),
  `from run_input where ${ofRun} and kind = 'setting' and name = 'currency'`,
);

/** Of the last 12 months up to the as-of date, and of the 12 before. */
export const sales = query(
  {
    active_customers: figure(
      `count(distinct case when is_order and ${lastYear} then customer_key end)`,
    ),
    active_customers_before: figure(
      `count(distinct case when is_order and ${yearBefore} then customer_key end)`,
    ),
    orders: figure(`count(case when is_order and ${lastYear} then 1 end)`),
    orders_before: figure(`count(case when is_order and ${yearBefore} then 1 end)`),
    net_sales: total(`case when ${lastYear} then net_sales end`),
    net_sales_before: total(`case when ${yearBefore} then net_sales end`),
    /** NULL where too few costs are known. */
    gross_margin: totalOrNull(`case when ${lastYear} then gross_margin end`),
    /** Both years are whole, by the rule of the periods; else there is nothing to compare. */
    has_year_before: flag(
      `coalesce(
        max(history_from_on) <= cast(:as_of - interval '24' month + interval '7' day as date)
        and max(date_diff('day', last_order_on, :as_of) - usual_silence_days) <= 0, false)`,
    ),
  },
  `from sales_order o
   left join (select history_from_on, last_order_on, usual_silence_days from history
     where ${ofRun}) h on true
   where ${ofRun}`,
);

export const people = query(
  {
    count_people: figure('count(*)'),
    /** Those with an order. */
    count_customers: figure('count(expected_occasion_value)'),
    /** Expected value of the next 12 months; NULL where a customer has no prediction. */
    predicted_value: {
      ...totalOrNull('predicted_clv_12m'),
      sql: `case when count(predicted_clv_12m) = count(expected_occasion_value)
        then cast(sum(predicted_clv_12m) as decimal(18, 4)) end`,
    },
    /** Sum of the probabilities of still being a customer; NULL where the history does not tell it. */
    expected_alive: totalOrNull(
      'case when is_told = 1 then cast(round(p_alive, 4) as decimal(18, 4)) end',
    ),
  },
  `from (select * from customer_value where ${ofRun}) v
   cross join (
     select max(case when status = 'converged' then 1 end) as is_told
     from model_fit where ${ofRun} and model = 'drop_out'
   ) d`,
);

/** What the values are, and how much of the sales has a known cost. */
export const basis = query(
  columnsOf(valueBasis, ['value_basis', 'cost_coverage', 'share_estimated']),
  `from value_basis where ${ofRun}`,
);

/** Of the company; months, half-years and years together, in time order. */
export const periods = query(
  columnsOf(kpiSnapshot),
  `from kpi_snapshot where ${ofRun} and dimension = 'total' order by period_start_on, period`,
);

export const channelMonths = query(
  columnsOf(kpiSnapshot, ['member', 'period_start_on', 'net_sales']),
  `from kpi_snapshot where ${ofRun} and dimension = 'channel' and period = 'month'
   order by period_start_on, member`,
);

const valued = `customer_value where ${ofRun} and predicted_clv_12m is not null`;

export const valueBins = query(
  {
    bin: figure('bin'),
    count_customers: figure('count(*)'),
    predicted_value: total('predicted_clv_12m'),
  },
  'from binned group by bin order by bin',
  {
    steps: `with binned as (
      select ${binCase('predicted_clv_12m')} as bin, predicted_clv_12m from ${valued}) `,
  },
);

/** Ten groups of equal size; 1 is the most valuable tenth. */
export const valueTenths = query(
  {
    tenth: figure('tenth'),
    count_customers: figure('count(*)'),
    predicted_value: total('predicted_clv_12m'),
    net_sales: total('historic_value_12m'),
  },
  'from ranked group by tenth order by tenth',
  {
    steps: `with ranked as (
      select ntile(10) over (order by predicted_clv_12m desc, customer_key) as tenth,
        predicted_clv_12m, historic_value_12m
      from ${valued}) `,
  },
);

/** Sales before returns, not discounted, of today's customers; no row where no model tells it. */
export const salesForecast = query(
  columnsOf(totalForecast, ['sales', 'sales_p10', 'sales_p90']),
  `from total_forecast
   where ${ofRun} and horizon_months = 12 and dimension = 'total' and sales is not null`,
);

/** How far the stack was out at the night's cuts, oldest first. */
export const pastMisses = query(
  columnsOf(modelQuality, ['cut_on', 'horizon_days', 'value_bias']),
  `from model_quality
   where ${ofRun} and model = 'stack' and value_bias is not null order by cut_on`,
);

/** A cell is named for the group that most of its customers are in. */
export const rfmCells = query(
  {
    ...columnsOf(rfmScore, ['recency_score', 'frequency_score'], 's'),
    segment: text('max(case when s.place = 1 then s.segment end)'),
    count_customers: figure('sum(s.customers)'),
    predicted_value: totalOrNull('s.predicted_value'),
  },
  `from grouped s
   group by s.recency_score, s.frequency_score
   order by s.recency_score desc, s.frequency_score`,
  {
    steps: `with score as (
      select customer_key, recency_score, frequency_score from ${rfmScore.name} where ${ofRun}),
    member as (
      select customer_key, segment from ${segmentMember.name} where ${ofRun} and scheme = 'rfm'),
    valued as (
      select customer_key, predicted_clv_12m from ${customerValue.name} where ${ofRun}),
    grouped as (
      select s.recency_score, s.frequency_score, m.segment, count(*) as customers,
        sum(v.predicted_clv_12m) as predicted_value,
        row_number() over (
          partition by s.recency_score, s.frequency_score order by count(*) desc, m.segment
        ) as place
      from score s
      join member m on m.customer_key = s.customer_key
      join valued v on v.customer_key = s.customer_key
      group by s.recency_score, s.frequency_score, m.segment) `,
  },
);

export const segments = query(
  columnsOf(segmentProfile),
  `from segment_profile where ${ofRun} and scheme = 'rfm' order by priority_rank`,
);

export const models = query(
  columnsOf(modelFit),
  `from model_fit where ${ofRun} order by model, parameter`,
);

export const methods = query(
  { ...columnsOf(customerValue, ['method']), count_customers: figure('count(*)') },
  `from customer_value where ${ofRun} group by method order by count(*) desc, method`,
);

/** Identifiers that join nobody: how many for one reason, and how many carry them. */
export const guarded = query(
  {
    ...columnsOf(identityGuard, ['kind', 'reason']),
    count_identifiers: figure('count(*)'),
    count_carriers: figure('cast(sum(count_carriers) as bigint)'),
    since_on: text('cast(min(since_on) as varchar)'),
  },
  `from identity_guard where ${ofRun} group by kind, reason order by count(*) desc, kind, reason`,
);

/** The loads that the run was made of, and refused files that no later delivery has mended. */
const shownLoads = `with part as (
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

export const loads = query(
  columnsOf(load, [
    'feed',
    'source',
    'file',
    'status',
    'records_in',
    'accepted',
    'quarantined',
    'ignored',
  ]),
  'from shown order by file, load_id',
  { steps: shownLoads },
);

/** What was loaded and is left out: withdrawn, or a snapshot that is held back. */
export const leftOut = query(
  {
    file: text('object_key'),
    standing: text('standing'),
    count_rows: figure('count_rows'),
  },
  `from delivered_content
   where ${ofRun} and standing in ('withdrawn', 'held') order by object_key, load_id`,
);

/** Orders that count nowhere until something comes. */
export const waitingOrders = query(
  {
    kind: text('kind'),
    missing: text('missing'),
    source: text('source'),
    first_on: text('cast(first_on as varchar)'),
    last_on: text('cast(last_on as varchar)'),
    count_orders: figure('count_orders'),
    amount: figure('amount'),
  },
  `from waiting where ${ofRun} order by kind, missing, source`,
);

/** Loads that took lines out of orders as they were delivered before. */
export const replacedLines = query(
  {
    file: text('l.file'),
    count_orders: figure('r.count_orders'),
    count_lines: figure('r.count_lines'),
  },
  `from taken r join load l on l.load_id = r.load_id order by l.file, l.load_id`,
  {
    steps: `with taken as (
      select load_id, count_orders, count_lines from orders_replaced where ${ofRun}) `,
  },
);

/** Numbered files that go on with an order which the file before ends with. */
export const continuedOrders = query(
  { file: text('l.file'), count_orders: figure('c.count_orders') },
  `from continued c join load l on l.load_id = c.load_id order by l.file, l.load_id`,
  {
    steps: `with continued as (
      select load_id, count(*) as count_orders from orders_delivery
      where ${ofRun} and is_continued group by load_id) `,
  },
);

/** Orders that were given back on their own day, as no other is told. */
export const undatedRefunds = query(
  { source: text('source'), count_orders: figure('count(distinct order_id)') },
  `from orders_record where ${ofRun} and is_undated_refund group by source order by source`,
);

/** Sources whose order numbers begin anew. */
export const restartingNumbers = query(
  { source: text('source') },
  `from orders_numbering where ${ofRun} and is_restarting order by source`,
);

/** Records of one file, or values of them, refused by one rule; or the whole file. */
export const refusals = query(
  {
    ...columnsOf(load, ['file'], 's'),
    ...columnsOf(quarantine, ['effect', 'column_name', 'rule', 'hint'], 'q'),
    count_records: figure('count(*)'),
  },
  `from quarantine q join shown s on s.load_id = q.load_id
   group by s.file, q.effect, q.column_name, q.rule, q.hint
   order by count(*) desc, s.file, q.rule, q.column_name, q.hint`,
  { steps: shownLoads },
);
