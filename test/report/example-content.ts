import type { PeriodFigures, ReportContent } from '../../lib/report/report-content.ts';
import type { Column, TableContract } from '../../lib/tables/contract.ts';
import { modelFit } from '../../lib/tables/fit.ts';
import { kpiSnapshot } from '../../lib/tables/kpis.ts';

const nothing: Readonly<Record<Column['type'], string | number | boolean>> = {
  varchar: '',
  date: '2025-01-01',
  'timestamp(3)': '2025-01-01 00:00:00.000',
  boolean: false,
  bigint: 0,
  double: 0,
  'decimal(18,4)': 0,
  'decimal(38,4)': 0,
};

/** A row of a table in which nothing happened: what a test does not say of it. */
function quietRow<R>(table: TableContract): R {
  return Object.fromEntries(
    Object.entries(table.columns).map(([name, { type, nullable }]) => [
      name,
      nullable ? null : nothing[type],
    ]),
  ) as R;
}

/** A month of a shop that grows and has a busy December. */
function month(place: number): PeriodFigures {
  const year = 2023 + Math.floor(place / 12);
  const monthOfYear = (place % 12) + 1;
  const orders = 300 + 12 * place + (monthOfYear === 12 ? 250 : 0) + ((place * 37) % 50);
  const customers = Math.round(orders * 0.7);
  const newCustomers = Math.round(customers * 0.3);
  const returningCustomers = Math.round(customers * 0.2);
  return {
    ...quietRow<PeriodFigures>(kpiSnapshot),
    period: 'month',
    dimension: 'total',
    member: 'all',
    period_start_on: `${year}-${String(monthOfYear).padStart(2, '0')}-01`,
    is_complete: true,
    orders,
    net_sales: orders * (52 + (place % 5)),
    gross_margin: orders * 28,
    customers,
    new_customers: newCustomers,
    returning_customers: returningCustomers,
    reactivated_customers: customers - newCustomers - returningCustomers,
    lost_customers: Math.round(customers * 0.5),
    activity_rate: 0.3,
    repurchase_rate: 0.6 + 0.003 * place,
    retention_rate: place === 0 ? null : 0.25,
    average_basket: 52 + (place % 5),
    purchase_frequency: 1.3,
    discount_rate: 0.05 + (monthOfYear === 1 ? 0.12 : 0),
    return_rate: 0.03 + 0.001 * (place % 7),
  };
}

const months = Array.from({ length: 36 }, (_, place) => month(place));

const mbgNbd = {
  ...quietRow<ReportContent['models'][number]>(modelFit),
  model: 'mbg_nbd',
  status: 'converged',
  note: 'weights_of_cuts cuts=3; weak_parameter parameter=a',
  count_customers: 1850,
  log_likelihood: -9582.1357,
};

/** The report of an invented shop: names in it try to break out of their places. */
export const exampleContent: ReportContent = {
  run: { snapshotOn: '2025-12-31', runId: '2025-12-31-1' },
  currency: 'EUR',
  headline: {
    count_people: 2000,
    count_customers: 1850,
    active_customers: 900,
    active_customers_before: 800,
    orders: 7800,
    orders_before: 6000,
    net_sales: 410_250.5,
    net_sales_before: 320_000,
    gross_margin: 220_000,
    has_year_before: true,
    predicted_value: 180_400.12,
    expected_alive: 1010.4,
    value_basis: 'contribution',
    cost_coverage: 1,
    share_estimated: 0,
  },
  periods: [
    ...months,
    { ...month(35), period: 'year', period_start_on: '2025-01-01', is_complete: true },
    { ...month(30), period: 'half_year', period_start_on: '2025-07-01', is_complete: false },
  ],
  channelMonths: months.flatMap(({ period_start_on, net_sales }) => [
    { member: 'web', period_start_on, net_sales: net_sales * 0.7 },
    { member: '<script>alert("x")</script>', period_start_on, net_sales: net_sales * 0.3 },
  ]),
  valueBins: [
    { from: null, to: 0, count_customers: 4, predicted_value: -20 },
    { from: 0, to: 10, count_customers: 700, predicted_value: 3000 },
    { from: 10, to: 20, count_customers: 300, predicted_value: 4400 },
    { from: 20, to: 50, count_customers: 340, predicted_value: 11_000 },
    { from: 50, to: 100, count_customers: 210, predicted_value: 15_000 },
    { from: 100, to: 200, count_customers: 160, predicted_value: 22_000 },
    { from: 200, to: 500, count_customers: 90, predicted_value: 30_000 },
    { from: 500, to: null, count_customers: 46, predicted_value: 95_020.12 },
  ],
  valueTenths: Array.from({ length: 10 }, (_, place) => ({
    tenth: place + 1,
    count_customers: 185,
    predicted_value: 180_400 * 0.5 ** (place + 1),
    net_sales: 200_000 * 0.6 ** (place + 1),
  })),
  salesForecast: { sales: 402_310.5, sales_p10: 381_000, sales_p90: 424_500 },
  pastMisses: [
    { cut_on: '2024-07-04', horizon_days: 90, value_bias: -0.12 },
    { cut_on: '2024-08-18', horizon_days: 90, value_bias: 0.031 },
  ],
  rfmCells: Array.from({ length: 25 }, (_, place) => {
    const recency_score = 5 - Math.floor(place / 5);
    const frequency_score = (place % 5) + 1;
    return {
      recency_score,
      frequency_score,
      segment: recency_score > 3 && frequency_score > 3 ? 'champions' : 'potential_loyalists',
      count_customers: 30 + place * 3,
      predicted_value: (30 + place * 3) * recency_score * recency_score * frequency_score,
    };
  }),
  segments: [
    {
      scheme: 'rfm',
      segment: 'champions',
      place: 1,
      count_customers: 320,
      net_sales_12m: 250_000,
      predicted_clv_12m: 120_000,
      mean_p_alive: 0.93,
      ranked_by: 'predicted',
      priority_rank: 1,
      action: 'thank_and_show_first',
    },
    {
      scheme: 'rfm',
      segment: 'lost & "gone"',
      place: 11,
      count_customers: 400,
      net_sales_12m: 0,
      predicted_clv_12m: 120,
      mean_p_alive: null,
      ranked_by: 'predicted',
      priority_rank: 2,
      action: 'last_attempt_only',
    },
  ],
  models: [
    { ...mbgNbd, parameter: 'r', estimate: 0.52484, standard_error: 0.04 },
    { ...mbgNbd, parameter: 'alpha', estimate: 6.18309, standard_error: null },
  ],
  methods: [
    { method: 'stack+gamma_gamma', count_customers: 1850 },
    { method: 'no_order', count_customers: 150 },
  ],
  guarded: [
    {
      kind: 'email',
      reason: 'placeholder',
      count_identifiers: 2,
      count_carriers: 1_204,
      since_on: '2026-01-31',
    },
    {
      kind: 'phone',
      reason: 'many_names',
      count_identifiers: 1,
      count_carriers: 8,
      since_on: '2026-02-28',
    },
  ],
  loads: [
    {
      feed: 'orders',
      source: 'web',
      file: 'drop/orders/web/orders-2024.csv',
      status: 'loaded',
      records_in: 3104,
      accepted: 3099,
      quarantined: 5,
      ignored: 0,
    },
  ],
  leftOut: [
    { file: 'drop/customers/crm/all.csv', standing: 'held', count_rows: 3 },
    { file: 'drop/orders/web/twice.csv', standing: 'withdrawn', count_rows: 120 },
  ],
  waitingOrders: [
    {
      kind: 'no_rate',
      missing: 'USD',
      source: 'web',
      first_on: '2025-11-03',
      last_on: '2025-12-24',
      count_orders: 3,
      amount: 120.5,
    },
  ],
  replacedLines: [{ file: 'drop/orders/web/orders-2025.csv', count_orders: 1, count_lines: 2 }],
  continuedOrders: [{ file: 'drop/orders/web/orders-2.csv', count_orders: 1 }],
  undatedRefunds: [{ source: 'web', count_orders: 3 }],
  restartingNumbers: [{ source: 'till' }],
  refusals: [
    {
      file: 'drop/orders/web/orders-2024.csv',
      effect: 'record',
      column_name: 'ordered_at',
      rule: 'impossible_date',
      hint: 'There is no such day or time of day. Mend it in the source system.',
      count_records: 1,
    },
    {
      file: 'drop/orders/web/orders-2024.csv',
      effect: 'record',
      column_name: null,
      rule: 'ragged_record',
      hint: 'The record has more or fewer fields than the header.',
      count_records: 4,
    },
    {
      file: 'drop/products/web/products.csv',
      effect: 'file',
      column_name: null,
      rule: 'truncated_gzip',
      hint: 'The compressed file is cut short or damaged. Upload it again.',
      count_records: 1,
    },
  ],
};

/** The report of a home in which nothing was dropped yet. */
export const emptyContent: ReportContent = {
  run: { snapshotOn: '2025-12-31', runId: '2025-12-31-1' },
  currency: 'SEK',
  headline: {
    count_people: 0,
    count_customers: 0,
    active_customers: 0,
    active_customers_before: 0,
    orders: 0,
    orders_before: 0,
    net_sales: 0,
    net_sales_before: 0,
    gross_margin: 0,
    has_year_before: false,
    predicted_value: null,
    expected_alive: null,
    value_basis: 'net_sales',
    cost_coverage: null,
    share_estimated: null,
  },
  periods: [],
  channelMonths: [],
  valueBins: [],
  valueTenths: [],
  salesForecast: null,
  pastMisses: [],
  rfmCells: [],
  segments: [],
  models: [],
  methods: [],
  guarded: [],
  loads: [],
  leftOut: [],
  waitingOrders: [],
  replacedLines: [],
  continuedOrders: [],
  undatedRefunds: [],
  restartingNumbers: [],
  refusals: [],
};
