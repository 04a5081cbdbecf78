import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  type BackTestRow,
  backTest,
  calibrationOf,
  fitGammaGamma,
  forecastQuality,
  gammaGammaExpectedSpend,
  isUsableFit,
  type Quality,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { column, countGroups, intervalCounts } from './count-groups.ts';
import { SEED } from './draws.ts';

/** Fits every model at every cut and holds it to what came after: the rows of `model_quality`. */
export async function modelQualityRows({ engine, parameters }: Night): Promise<Row[]> {
  const cuts = await engine.read(
    bind(
      `select cut_on, horizon_days from back_test_cut
       where snapshot_on = :as_of and run_id = :run_id order by cut_on`,
      parameters,
    ),
  );
  const rows: Row[] = [];
  for (const { cut_on, horizon_days } of cuts) {
    const of = { ...parameters, cut_on: { type: 'date', value: String(cut_on) } } as const;
    const counts = await engine.read(
      bind(
        `select frequency, recency_days, age_days, earlier_orders, actual_orders, count_customers,
           repeat_value, average_value, actual_value
         from back_test_count
         where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
         order by frequency, recency_days, age_days, spend_bin, earlier_orders, actual_orders,
           actual_bin`,
        of,
      ),
    );
    const intervals = await engine.read(
      bind(
        `select interval_days, count_intervals from interval_count
         where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
         order by interval_days`,
        of,
      ),
    );
    const cut = {
      groups: countGroups(counts),
      actualOrders: column(counts, 'actual_orders'),
      ordersOfLastPeriod: column(counts, 'earlier_orders'),
      intervals: intervalCounts(intervals),
      weeks: Number(horizon_days) / 7,
    };
    const spend = spendAtCut(counts);
    const actualValue = meanOfGroup(counts, 'actual_value');
    for (const result of backTest(cut)) {
      rows.push({
        cut_on: String(cut_on),
        horizon_days: Number(horizon_days),
        ...qualityRow(result, { cut, spend, actualValue }),
      });
    }
  }
  return rows;
}

interface Outcome {
  readonly cut: Parameters<typeof backTest>[0];
  /** Value expected of an occasion, by group: under Gamma-Gamma, and the plain average. */
  readonly spend: { readonly modelled: Float64Array; readonly average: Float64Array };
  /** Mean value of the horizon, by group. */
  readonly actualValue: Float64Array;
}

function qualityRow({ model, fit, quality, forecast }: BackTestRow, outcome: Outcome): Row {
  const { cut, spend, actualValue } = outcome;
  const { count } = cut.groups;
  const value = fit === null ? spend.average : spend.modelled;
  const ofValue: Quality | null =
    forecast === null
      ? null
      : forecastQuality({
          forecast: forecast.map((orders, i) => orders * (value[i] as number)),
          actual: actualValue,
          count,
        });
  const calibration =
    fit === null || forecast === null ? null : calibrationOf(cut, { fit, seed: SEED });
  return {
    model,
    status: fit?.status ?? 'baseline',
    count_customers: total(count, null),
    actual_orders: total(count, cut.actualOrders),
    forecast_orders: quality?.forecastTotal ?? null,
    bias: quality?.bias ?? null,
    rmse: quality?.rmse ?? null,
    gini: quality?.gini ?? null,
    top10_capture: quality?.top10Capture ?? null,
    top20_capture: quality?.top20Capture ?? null,
    coverage_80: calibration?.coverage80 ?? null,
    pit_distance: calibration?.pitDistance ?? null,
    actual_value: total(count, actualValue),
    forecast_value: ofValue?.forecastTotal ?? null,
    value_bias: ofValue?.bias ?? null,
    value_rmse: ofValue?.rmse ?? null,
    value_gini: ofValue?.gini ?? null,
    value_top10_capture: ofValue?.top10Capture ?? null,
    value_top20_capture: ofValue?.top20Capture ?? null,
  };
}

/** Gamma-Gamma fitted on what was known at the cut; the plain average where it has no mean. */
function spendAtCut(counts: readonly Row[]): Outcome['spend'] {
  const average = meanOfGroup(counts, 'average_value');
  const meanSpend = meanOfGroup(counts, 'repeat_value');
  const frequency = column(counts, 'frequency');
  const bought = counts.filter((row) => Number(row.frequency) > 0 && Number(row.repeat_value) > 0);
  const fit = fitGammaGamma({
    frequency: column(bought, 'frequency'),
    meanSpend: meanOfGroup(bought, 'repeat_value'),
    count: column(bought, 'count_customers'),
  });
  if (!isUsableFit(fit) || fit.status === 'infinite_mean') return { modelled: average, average };
  const { p = 0, q = 0, gamma = 0 } = fit.parameters;
  const modelled = frequency.map((x, i) =>
    gammaGammaExpectedSpend({ p, q, gamma }, { frequency: x, meanSpend: meanSpend[i] as number }),
  );
  return { modelled, average };
}

function meanOfGroup(counts: readonly Row[], name: string): Float64Array {
  return Float64Array.from(counts, (row) => Number(row[name]) / Number(row.count_customers));
}

function total(count: Float64Array, each: Float64Array | null): number {
  return count.reduce((sum, n, i) => sum + n * (each === null ? 1 : (each[i] as number)), 0);
}
