import { fitBgNbd } from '../models/bg-nbd.ts';
import { fitCnbd, type IntervalCounts } from '../models/cnbd-k.ts';
import { coarsenCounts } from '../models/coarsen-counts.ts';
import type { CountGroups } from '../models/counts.ts';
import type { DropOutPrior } from '../models/drop-out.ts';
import { type CountModel, type Fit, isUsableFit } from '../models/fit.ts';
import { fitMbgNbd } from '../models/mbg-nbd.ts';
import { fitParetoNbd } from '../models/pareto-nbd.ts';
import { type OrdersAhead, ordersAhead } from '../scoring/orders-ahead.ts';
import { scorerOf } from '../scoring/scorer.ts';
import { type Baseline, baselineOrders } from './baselines.ts';
import { forecastQuality, type Quality } from './quality.ts';

/** What was known at a cut, counted by (x, t_x, T, what came after), and what came after. */
export interface Cut {
  readonly groups: CountGroups;
  /** Orders of each group's customers in the `weeks` after the cut. */
  readonly actualOrders: Float64Array;
  /** And in the `weeks` before it. */
  readonly ordersOfLastPeriod: Float64Array;
  /** Intervals between occasions up to the cut, for the choice of k. */
  readonly intervals: IntervalCounts;
  /** The horizon. */
  readonly weeks: number;
}

export interface BackTestRow {
  readonly model: CountModel | Baseline;
  /** Null for a baseline. */
  readonly fit: Fit | null;
  /** Null where the fit is not usable. */
  readonly quality: Quality | null;
  /** Expected orders by group; null where the fit is not usable. */
  readonly forecast: Float64Array | null;
  /** The same with its moments; null for a baseline. */
  readonly ahead: OrdersAhead | null;
}

export const COUNT_MODELS: readonly CountModel[] = [
  'mbg_nbd',
  'pareto_nbd',
  'mbg_cnbd_k',
  'bg_nbd',
  'bg_cnbd_k',
];
/** A fit at a cut forecasts a horizon: parameters to a hundredth of their error are enough. */
const GROUPS_OF_FIT = 50_000;
const BASELINES: readonly Baseline[] = ['zero', 'repeat_rate', 'simple_formula', 'last_period'];

/** Fits any model of counts by name, penalised where a prior is given. Never throws for bad data. */
export function fitCountModel(
  model: CountModel,
  {
    groups,
    intervals,
    prior = null,
  }: {
    readonly groups: CountGroups;
    readonly intervals: IntervalCounts;
    readonly prior?: DropOutPrior | null;
  },
): Fit {
  switch (model) {
    case 'bg_nbd':
      return fitBgNbd(groups, { prior });
    case 'mbg_nbd':
      return fitMbgNbd(groups, { prior });
    case 'pareto_nbd':
      return fitParetoNbd(groups, { prior });
    case 'bg_cnbd_k':
      return fitCnbd(groups, { variant: 'bg', intervals, prior });
    case 'mbg_cnbd_k':
      return fitCnbd(groups, { variant: 'mbg', intervals, prior });
  }
}

/**
 * Fits every model on what was known at the cut, penalised where a prior is given, and holds it, and
 * the baselines, to what came.
 */
export function backTest(cut: Cut, prior: DropOutPrior | null = null): BackTestRow[] {
  const { groups, actualOrders: actual, weeks } = cut;
  const score = (forecast: Float64Array): Quality =>
    forecastQuality({ forecast, actual, count: groups.count });
  const ofModels = COUNT_MODELS.map((model): BackTestRow => {
    const known = { groups: coarsenCounts(groups, GROUPS_OF_FIT), intervals: cut.intervals };
    const fit = fitCountModel(model, { ...known, prior });
    if (!isUsableFit(fit)) return { model, fit, quality: null, forecast: null, ahead: null };
    const ahead = ordersAhead(groups, { scorer: scorerOf(model, fit.parameters), weeks });
    return { model, fit, quality: score(ahead.mean), forecast: ahead.mean, ahead };
  });
  const ofBaselines = BASELINES.map((model): BackTestRow => {
    const forecast = baselineOrders(model, cut);
    return { model, fit: null, quality: score(forecast), forecast, ahead: null };
  });
  return [...ofModels, ...ofBaselines];
}
