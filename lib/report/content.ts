import type { QueryEngine, Row, Run, Value } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import * as queries from './queries.ts';
import type {
  Headline,
  MethodFigures,
  ModelFigures,
  PeriodFigures,
  RefusalFigures,
  ReportContent,
  SalesForecast,
} from './report-content.ts';
import { valueBins } from './value-bins.ts';

/** Reads what the report of a run tells from the run's own tables and from the log of loads. */
export async function readReportContent(engine: QueryEngine, run: Run): Promise<ReportContent> {
  const parameters = {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: { type: 'text', value: run.runId },
  } as const;
  const read = (select: string) => engine.read(bind(select, parameters));
  const bins = (await read(queries.valueBins)).map((row) => ({
    bin: number(row.bin),
    countCustomers: number(row.count_customers),
    predictedValue: number(row.predicted_value),
  }));
  const methods = (await read(queries.methods)).map((row) => ({
    method: text(row.method),
    countCustomers: number(row.count_customers),
  }));
  return {
    run,
    currency: currencyOf(await read(queries.currency)),
    headline: headlineOf(await read(queries.sales), await read(queries.people)),
    periods: (await read(queries.periods)).map(periodOf),
    channelMonths: (await read(queries.channelMonths)).map((row) => ({
      channel: text(row.channel),
      startsOn: text(row.period_start_on),
      orders: number(row.orders),
      netSales: number(row.net_sales),
    })),
    valueBins: valueBins(bins),
    valueTenths: (await read(queries.valueTenths)).map((row) => ({
      tenth: number(row.tenth),
      countCustomers: number(row.count_customers),
      predictedValue: number(row.predicted_value),
      netSales: number(row.net_sales),
    })),
    salesForecast: forecastOf(await read(queries.salesForecast)),
    rfmCells: (await read(queries.rfmCells)).map((row) => ({
      recencyScore: number(row.recency_score),
      frequencyScore: number(row.frequency_score),
      segment: text(row.segment),
      countCustomers: number(row.count_customers),
      predictedValue: numberOrNull(row.predicted_value),
    })),
    segments: (await read(queries.segments)).map((row) => ({
      segment: text(row.segment),
      countCustomers: number(row.count_customers),
      netSales: number(row.net_sales_12m),
      predictedValue: number(row.predicted_clv_12m),
      meanAlive: numberOrNull(row.mean_p_alive),
      priorityRank: number(row.priority_rank),
      action: text(row.action),
    })),
    models: modelsOf(await read(queries.models), methods),
    methods,
    loads: (await read(queries.loads)).map((row) => ({
      feed: text(row.feed),
      source: text(row.source),
      file: text(row.file),
      status: text(row.status),
      recordsIn: number(row.records_in),
      accepted: number(row.accepted),
      quarantined: number(row.quarantined),
      ignored: number(row.ignored),
    })),
    refusals: (await read(queries.refusals)).map(refusalOf),
  };
}

function headlineOf(sales: readonly Row[], people: readonly Row[]): Headline {
  const [sold = {}] = sales;
  const [known = {}] = people;
  const before = (value: Value | undefined) => (sold.has_year_before ? numberOrNull(value) : null);
  return {
    countPeople: number(known.count_people),
    countCustomers: number(known.count_customers),
    activeCustomers: number(sold.active_customers),
    activeCustomersBefore: before(sold.active_customers_before),
    orders: number(sold.orders),
    ordersBefore: before(sold.orders_before),
    netSales: number(sold.net_sales),
    netSalesBefore: before(sold.net_sales_before),
    grossMargin: number(sold.gross_margin),
    predictedValue: numberOrNull(known.predicted_value),
    expectedAlive: numberOrNull(known.expected_alive),
  };
}

function forecastOf([row]: readonly Row[]): SalesForecast | null {
  if (row === undefined) return null;
  return {
    expected: number(row.sales),
    low: number(row.sales_p10),
    high: number(row.sales_p90),
  };
}

function periodOf(row: Row): PeriodFigures {
  return {
    period: text(row.period) as PeriodFigures['period'],
    startsOn: text(row.period_start_on),
    isComplete: row.is_complete === true,
    orders: number(row.orders),
    netSales: number(row.net_sales),
    grossMargin: number(row.gross_margin),
    customers: number(row.customers),
    newCustomers: number(row.new_customers),
    returningCustomers: number(row.returning_customers),
    reactivatedCustomers: number(row.reactivated_customers),
    lostCustomers: number(row.lost_customers),
    activityRate: numberOrNull(row.activity_rate),
    repurchaseRate: numberOrNull(row.repurchase_rate),
    retentionRate: numberOrNull(row.retention_rate),
    averageBasket: numberOrNull(row.average_basket),
    purchaseFrequency: numberOrNull(row.purchase_frequency),
    discountRate: numberOrNull(row.discount_rate),
    returnRate: numberOrNull(row.return_rate),
  };
}

/** The order in which the papers name the parameters. */
const parameterOrder = ['r', 'alpha', 'a', 'b', 's', 'beta', 'k', 'p', 'q', 'gamma'];

function modelsOf(rows: readonly Row[], methods: readonly MethodFigures[]): ModelFigures[] {
  const names = [...new Set(rows.map((row) => text(row.model)))];
  return names.map((model) => {
    const own = rows.filter((row) => row.model === model);
    const [first = {}] = own;
    return {
      model,
      isUsed: methods.some(({ method }) => method.split('+').includes(model)),
      status: text(first.status),
      note: first.note === null ? null : text(first.note),
      countCustomers: number(first.count_customers),
      logLikelihood: numberOrNull(first.log_likelihood),
      parameters: own
        .map((row) => ({
          parameter: text(row.parameter),
          estimate: numberOrNull(row.estimate),
          standardError: numberOrNull(row.standard_error),
        }))
        .toSorted((a, b) => placeOf(a.parameter) - placeOf(b.parameter)),
    };
  });
}

/** The reporting currency; empty where neither the configuration nor a file names one. */
function currencyOf([row]: readonly Row[]): string {
  return text(row?.value ?? null);
}

function placeOf(parameter: string): number {
  return parameterOrder.indexOf(parameter);
}

function refusalOf(row: Row): RefusalFigures {
  return {
    file: text(row.file),
    effect: text(row.effect) as RefusalFigures['effect'],
    column: row.column_name === null ? null : text(row.column_name),
    rule: text(row.rule),
    hint: text(row.hint),
    countRecords: number(row.count_records),
  };
}

function text(value: Value | undefined): string {
  return String(value ?? '');
}

/** Decimals come as text with all their digits; a report needs no more than a double holds. */
function number(value: Value | undefined): number {
  return Number(value ?? 0);
}

function numberOrNull(value: Value | undefined): number | null {
  return value === null || value === undefined ? null : Number(value);
}
