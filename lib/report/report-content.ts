import type { Run } from '../ports/query-engine.ts';
import type * as queries from './queries.ts';
import type { RowOf } from './query.ts';
import type { ValueBin } from './value-bins.ts';

/**
 * Everything the report tells, as rows of its queries: a column is named there, and means what the
 * contract of its table says. Money is in the currency of the report; shares are between 0 and 1;
 * null is "cannot be told", such as a mean over nobody. It holds nothing about any single customer.
 */
export interface ReportContent {
  readonly run: Run;
  /** ISO 4217. */
  /** ISO 4217; empty where neither the configuration nor a file names one. */
  readonly currency: string;
  readonly headline: RowOf<typeof queries.sales> &
    RowOf<typeof queries.people> &
    RowOf<typeof queries.basis>;
  readonly periods: readonly PeriodFigures[];
  readonly channelMonths: readonly RowOf<typeof queries.channelMonths>[];
  /** How many customers are worth how much, lowest bin first. */
  readonly valueBins: readonly ValueBin[];
  readonly valueTenths: readonly RowOf<typeof queries.valueTenths>[];
  /** Of today's customers in the next 12 months; null where no model tells it. */
  readonly salesForecast: RowOf<typeof queries.salesForecast> | null;
  /** By how much its forecasts at earlier cuts were out, oldest first. */
  readonly pastMisses: readonly RowOf<typeof queries.pastMisses>[];
  readonly rfmCells: readonly RfmCell[];
  readonly segments: readonly RowOf<typeof queries.segments>[];
  readonly models: readonly RowOf<typeof queries.models>[];
  readonly methods: readonly RowOf<typeof queries.methods>[];
  /** The most frequent first. */
  readonly guarded: readonly RowOf<typeof queries.guarded>[];
  readonly loads: readonly RowOf<typeof queries.loads>[];
  readonly leftOut: readonly RowOf<typeof queries.leftOut>[];
  readonly waitingOrders: readonly RowOf<typeof queries.waitingOrders>[];
  readonly replacedLines: readonly RowOf<typeof queries.replacedLines>[];
  readonly continuedOrders: readonly RowOf<typeof queries.continuedOrders>[];
  readonly undatedRefunds: readonly RowOf<typeof queries.undatedRefunds>[];
  readonly restartingNumbers: readonly RowOf<typeof queries.restartingNumbers>[];
  readonly refusals: readonly RowOf<typeof queries.refusals>[];
}

export type PeriodFigures = RowOf<typeof queries.periods>;
/** Scores 1 to 5; 5 bought last, or most often. */
export type RfmCell = RowOf<typeof queries.rfmCells>;
