import type { PeriodFigures, ReportContent } from '../../lib/report/report-content.ts';

/** A month of a shop that grows and has a busy December. */
function month(place: number): PeriodFigures {
  const year = 2023 + Math.floor(place / 12);
  const monthOfYear = (place % 12) + 1;
  const orders = 300 + 12 * place + (monthOfYear === 12 ? 250 : 0) + ((place * 37) % 50);
  const customers = Math.round(orders * 0.7);
  const newCustomers = Math.round(customers * 0.3);
  const returningCustomers = Math.round(customers * 0.2);
  return {
    period: 'month',
    startsOn: `${year}-${String(monthOfYear).padStart(2, '0')}-01`,
    isComplete: true,
    orders,
    netSales: orders * (52 + (place % 5)),
    grossMargin: orders * 28,
    customers,
    newCustomers,
    returningCustomers,
    reactivatedCustomers: customers - newCustomers - returningCustomers,
    lostCustomers: Math.round(customers * 0.5),
    activityRate: 0.3,
    repurchaseRate: 0.6 + 0.003 * place,
    retentionRate: place === 0 ? null : 0.25,
    averageBasket: 52 + (place % 5),
    purchaseFrequency: 1.3,
    discountRate: 0.05 + (monthOfYear === 1 ? 0.12 : 0),
    returnRate: 0.03 + 0.001 * (place % 7),
  };
}

const months = Array.from({ length: 36 }, (_, place) => month(place));

/** The report of an invented shop: names in it try to break out of their places. */
export const exampleContent: ReportContent = {
  run: { snapshotOn: '2025-12-31', runId: '2025-12-31-1' },
  currency: 'EUR',
  headline: {
    countPeople: 2000,
    countCustomers: 1850,
    activeCustomers: 900,
    activeCustomersBefore: 800,
    orders: 7800,
    ordersBefore: 6000,
    netSales: 410_250.5,
    netSalesBefore: 320_000,
    grossMargin: 220_000,
    predictedValue: 180_400.12,
    expectedAlive: 1010.4,
  },
  periods: [
    ...months,
    { ...month(35), period: 'year', startsOn: '2025-01-01', isComplete: true },
    { ...month(30), period: 'half_year', startsOn: '2025-07-01', isComplete: false },
  ],
  channelMonths: months.flatMap(({ startsOn, orders, netSales }) => [
    { channel: 'web', startsOn, orders: orders - 100, netSales: netSales * 0.7 },
    { channel: '<script>alert("x")</script>', startsOn, orders: 100, netSales: netSales * 0.3 },
  ]),
  valueBins: [
    { from: null, to: 0, countCustomers: 4, predictedValue: -20 },
    { from: 0, to: 10, countCustomers: 700, predictedValue: 3000 },
    { from: 10, to: 20, countCustomers: 300, predictedValue: 4400 },
    { from: 20, to: 50, countCustomers: 340, predictedValue: 11_000 },
    { from: 50, to: 100, countCustomers: 210, predictedValue: 15_000 },
    { from: 100, to: 200, countCustomers: 160, predictedValue: 22_000 },
    { from: 200, to: 500, countCustomers: 90, predictedValue: 30_000 },
    { from: 500, to: null, countCustomers: 46, predictedValue: 95_020.12 },
  ],
  valueTenths: Array.from({ length: 10 }, (_, place) => ({
    tenth: place + 1,
    countCustomers: 185,
    predictedValue: 180_400 * 0.5 ** (place + 1),
    netSales: 200_000 * 0.6 ** (place + 1),
  })),
  salesForecast: { expected: 402_310.5, low: 381_000, high: 424_500 },
  rfmCells: Array.from({ length: 25 }, (_, place) => {
    const recencyScore = 5 - Math.floor(place / 5);
    const frequencyScore = (place % 5) + 1;
    return {
      recencyScore,
      frequencyScore,
      segment: recencyScore > 3 && frequencyScore > 3 ? 'champions' : 'potential_loyalists',
      countCustomers: 30 + place * 3,
      predictedValue: (30 + place * 3) * recencyScore * recencyScore * frequencyScore,
    };
  }),
  segments: [
    {
      segment: 'champions',
      countCustomers: 320,
      netSales: 250_000,
      predictedValue: 120_000,
      meanAlive: 0.93,
      priorityRank: 1,
      action: 'thank_and_show_first',
    },
    {
      segment: 'lost & "gone"',
      countCustomers: 400,
      netSales: 0,
      predictedValue: 120,
      meanAlive: null,
      priorityRank: 2,
      action: 'last_attempt_only',
    },
  ],
  models: [
    {
      model: 'mbg_nbd',
      isUsed: true,
      status: 'converged',
      note: 'less_error best=mbg_nbd percent=1.3 incumbent=pareto_nbd; weak_parameter parameter=a',
      countCustomers: 1850,
      logLikelihood: -9582.1357,
      parameters: [
        { parameter: 'r', estimate: 0.52484, standardError: 0.04 },
        { parameter: 'alpha', estimate: 6.18309, standardError: null },
      ],
    },
  ],
  methods: [
    { method: 'mbg_nbd+gamma_gamma', countCustomers: 1850 },
    { method: 'no_order', countCustomers: 150 },
  ],
  loads: [
    {
      feed: 'orders',
      source: 'web',
      file: 'drop/orders/web/orders-2024.csv',
      status: 'loaded',
      recordsIn: 3104,
      accepted: 3099,
      quarantined: 5,
      ignored: 0,
    },
  ],
  refusals: [
    {
      file: 'drop/orders/web/orders-2024.csv',
      effect: 'record',
      column: 'ordered_at',
      rule: 'impossible_date',
      hint: 'There is no such day or time of day. Mend it in the source system.',
      countRecords: 1,
    },
    {
      file: 'drop/orders/web/orders-2024.csv',
      effect: 'record',
      column: null,
      rule: 'ragged_record',
      hint: 'The record has more or fewer fields than the header.',
      countRecords: 4,
    },
    {
      file: 'drop/products/web/products.csv',
      effect: 'file',
      column: null,
      rule: 'truncated_gzip',
      hint: 'The compressed file is cut short or damaged. Upload it again.',
      countRecords: 1,
    },
  ],
};

/** The report of a home in which nothing was dropped yet. */
export const emptyContent: ReportContent = {
  run: { snapshotOn: '2025-12-31', runId: '2025-12-31-1' },
  currency: 'SEK',
  headline: {
    countPeople: 0,
    countCustomers: 0,
    activeCustomers: 0,
    activeCustomersBefore: null,
    orders: 0,
    ordersBefore: null,
    netSales: 0,
    netSalesBefore: null,
    grossMargin: 0,
    predictedValue: null,
    expectedAlive: null,
  },
  periods: [],
  channelMonths: [],
  valueBins: [],
  valueTenths: [],
  salesForecast: null,
  rfmCells: [],
  segments: [],
  models: [],
  methods: [],
  loads: [],
  refusals: [],
};
