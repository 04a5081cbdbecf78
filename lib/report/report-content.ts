import type { Run } from '../ports/query-engine.ts';

/**
 * Everything the report tells, as plain rows. Money is in the currency of the report; shares are
 * between 0 and 1; null is "cannot be told", such as a mean over nobody. It holds nothing about any
 * single customer.
 */
export interface ReportContent {
  readonly run: Run;
  /** ISO 4217. */
  /** ISO 4217; empty where neither the configuration nor a file names one. */
  readonly currency: string;
  readonly headline: Headline;
  /** Total of the company by period; months, half-years and years together, in time order. */
  readonly periods: readonly PeriodFigures[];
  readonly channelMonths: readonly ChannelMonth[];
  /** How many customers are worth how much, lowest bin first. */
  readonly valueBins: readonly ValueBin[];
  /** Customers with an order in ten groups of equal size, the most valuable first. */
  readonly valueTenths: readonly ValueTenth[];
  /** Of today's customers in the next 12 months; null where no model tells it. */
  readonly salesForecast: SalesForecast | null;
  readonly rfmCells: readonly RfmCell[];
  readonly segments: readonly SegmentFigures[];
  readonly models: readonly ModelFigures[];
  readonly methods: readonly MethodFigures[];
  readonly loads: readonly LoadFigures[];
  readonly refusals: readonly RefusalFigures[];
}

/** Of the last 12 months up to the as-of date, and of the 12 before (null: no such history). */
export interface Headline {
  readonly countPeople: number;
  readonly countCustomers: number;
  readonly activeCustomers: number;
  readonly activeCustomersBefore: number | null;
  readonly orders: number;
  readonly ordersBefore: number | null;
  readonly netSales: number;
  readonly netSalesBefore: number | null;
  readonly grossMargin: number;
  /** Expected contribution of the next 12 months; null without a prediction. */
  readonly predictedValue: number | null;
  /** Sum of the probabilities of still being a customer; null without a model. */
  readonly expectedAlive: number | null;
}

export interface PeriodFigures {
  readonly period: 'month' | 'half_year' | 'year';
  readonly startsOn: string;
  readonly isComplete: boolean;
  readonly orders: number;
  readonly netSales: number;
  readonly grossMargin: number;
  readonly customers: number;
  readonly newCustomers: number;
  readonly returningCustomers: number;
  readonly reactivatedCustomers: number;
  readonly lostCustomers: number;
  readonly activityRate: number | null;
  readonly repurchaseRate: number | null;
  readonly retentionRate: number | null;
  readonly averageBasket: number | null;
  readonly purchaseFrequency: number | null;
  readonly discountRate: number | null;
  readonly returnRate: number | null;
}

interface ChannelMonth {
  readonly channel: string;
  readonly startsOn: string;
  readonly orders: number;
  readonly netSales: number;
}

/** Customers whose predicted value is at least `from` and below `to`; null: no bound. */
export interface ValueBin {
  readonly from: number | null;
  readonly to: number | null;
  readonly countCustomers: number;
  readonly predictedValue: number;
}

interface ValueTenth {
  /** 1: the most valuable tenth. */
  readonly tenth: number;
  readonly countCustomers: number;
  readonly predictedValue: number;
  readonly netSales: number;
}

/** Sales before returns, not discounted; in eight of ten outcomes between `low` and `high`. */
export interface SalesForecast {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/** Scores 1 to 5; 5 bought last, or most often. */
export interface RfmCell {
  readonly recencyScore: number;
  readonly frequencyScore: number;
  readonly segment: string;
  readonly countCustomers: number;
  readonly predictedValue: number | null;
}

interface SegmentFigures {
  readonly segment: string;
  readonly countCustomers: number;
  readonly netSales: number;
  readonly predictedValue: number;
  readonly meanAlive: number | null;
  readonly priorityRank: number;
  readonly action: string;
}

export interface ModelFigures {
  readonly model: string;
  /** Whether the published figures come from it; the others are fitted for comparison. */
  readonly isUsed: boolean;
  readonly status: string;
  readonly note: string | null;
  readonly countCustomers: number;
  readonly logLikelihood: number | null;
  readonly parameters: readonly ModelParameter[];
}

interface ModelParameter {
  readonly parameter: string;
  readonly estimate: number | null;
  readonly standardError: number | null;
}

export interface MethodFigures {
  readonly method: string;
  readonly countCustomers: number;
}

export interface LoadFigures {
  readonly feed: string;
  readonly source: string;
  readonly file: string;
  readonly status: string;
  readonly recordsIn: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
}

/** Records of one file, or values of them, refused by one rule. */
export interface RefusalFigures {
  readonly file: string;
  /** A value is left out of its record, which is accepted; of a file nothing was loaded. */
  readonly effect: 'value' | 'record' | 'file';
  /** The column that is to blame; null where it is no single one. */
  readonly column: string | null;
  readonly rule: string;
  readonly hint: string;
  readonly countRecords: number;
}
