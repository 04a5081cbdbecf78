import { intervalsAt, inWeeks } from '../../forecast/count-groups.ts';
import { SEED } from '../../forecast/draws.ts';
import { readColumns } from '../../forecast/read-columns.ts';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  type BackTestRow,
  backTest,
  type CountModel,
  type CutToJudge,
  DROP_OUT_PRIOR,
  forecastQuality,
  judgeStack,
  type Quality,
  type StackAtCut,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { spendAtCut } from './spend-at-cut.ts';

/** A cut of the night with what its occasions were worth. */
interface CutOfNight extends CutToJudge {
  readonly cutOn: string;
  readonly horizonDays: number;
  /** Mean value of all occasions before the cut, which is what the baselines expect of one. */
  readonly averageValue: Float64Array;
}

/** Fits every model at every cut and holds it, and the stack, to what came: `model_quality`. */
export async function modelQualityRows(night: Night): Promise<Row[]> {
  const { engine, parameters } = night;
  const rows = await engine.read(
    bind(
      `select cut_on, horizon_days from back_test_cut
       where snapshot_on = :as_of and run_id = :run_id order by cut_on`,
      parameters,
    ),
  );
  const cuts: CutOfNight[] = [];
  for (const { cut_on, horizon_days } of rows) {
    cuts.push(await cutOfNight(night, { cutOn: String(cut_on), days: Number(horizon_days) }));
  }
  const stacks = judgeStack(cuts, { seed: SEED });
  return cuts.flatMap((cut, c) => {
    const stack = stacks[c] as StackAtCut;
    return [
      stackRow(cut, stack),
      ...cut.rows.map((result) => ({
        ...qualityRow(cut, { ...result, occasionValue: occasionValueOf(result, cut) }),
        coverage_80: stack.ofModels.get(result.model as CountModel)?.coverage80 ?? null,
        pit_distance: stack.ofModels.get(result.model as CountModel)?.pitDistance ?? null,
      })),
    ];
  });
}

async function cutOfNight(
  night: Night,
  { cutOn, days }: { readonly cutOn: string; readonly days: number },
): Promise<CutOfNight> {
  const counts = await readColumns(night.engine, {
    select: bind(
      `select frequency, recency_days, age_days, earlier_orders, actual_orders, count_customers,
         repeat_value, average_value, actual_value
       from back_test_count
       where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
       order by frequency, recency_days, age_days, spend_bin, earlier_orders, actual_orders,
         actual_bin`,
      { ...night.parameters, cut_on: { type: 'date', value: cutOn } },
    ),
    names: [
      'frequency',
      'recency_days',
      'age_days',
      'earlier_orders',
      'actual_orders',
      'count_customers',
      'repeat_value',
      'average_value',
      'actual_value',
    ],
  });
  const count = counts.count_customers;
  const meanOf = (sum: Float64Array) => sum.map((value, i) => value / (count[i] as number));
  const cut = {
    groups: {
      frequency: counts.frequency,
      recency: inWeeks(counts.recency_days),
      age: inWeeks(counts.age_days),
      count,
    },
    actualOrders: counts.actual_orders,
    ordersOfLastPeriod: counts.earlier_orders,
    intervals: await intervalsAt(night, cutOn),
    weeks: days / 7,
  };
  const averageValue = meanOf(counts.average_value);
  return {
    cutOn,
    horizonDays: days,
    cut,
    rows: backTest(cut, DROP_OUT_PRIOR),
    averageValue,
    occasionValue: spendAtCut(cut.groups, {
      repeatValue: meanOf(counts.repeat_value),
      averageValue,
    }),
    actualValue: meanOf(counts.actual_value),
  };
}

/** A model expects of an occasion what its customer is taken to spend, a baseline the average. */
function occasionValueOf(
  { fit }: BackTestRow,
  { occasionValue, averageValue }: CutOfNight,
): Float64Array {
  return fit === null ? averageValue : occasionValue;
}

function stackRow(cut: CutOfNight, stack: StackAtCut): Row {
  const { forecast, occasionValue } = stack;
  const isThere = stack.ofModels.size > 0;
  const quality = isThere
    ? forecastQuality({ forecast, actual: cut.cut.actualOrders, count: cut.cut.groups.count })
    : null;
  return {
    ...qualityRow(cut, {
      model: 'stack',
      fit: null,
      forecast: isThere ? forecast : null,
      quality,
      occasionValue,
    }),
    status: isThere ? 'converged' : 'not_converged',
    coverage_80: isThere ? stack.coverage80 : null,
    pit_distance: isThere ? stack.pitDistance : null,
    orders_miss: stack.missOfOrders,
    value_miss: stack.missOfSales,
    month_miss: stack.missOfMonths,
    alive_slope: stack.aliveSlope,
    basket_drift: stack.basket?.drift ?? null,
    basket_drift_error: stack.basket?.standardError ?? null,
  };
}

function qualityRow(
  { cutOn, horizonDays, cut, actualValue }: CutOfNight,
  {
    model,
    fit,
    quality,
    forecast,
    occasionValue,
  }: Pick<BackTestRow, 'fit' | 'quality' | 'forecast'> & {
    readonly model: string;
    readonly occasionValue: Float64Array;
  },
): Row {
  const { count } = cut.groups;
  const ofValue: Quality | null =
    forecast === null
      ? null
      : forecastQuality({
          forecast: forecast.map((orders, i) => orders * (occasionValue[i] as number)),
          actual: actualValue,
          count,
        });
  return {
    cut_on: cutOn,
    horizon_days: horizonDays,
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
    actual_value: total(count, actualValue),
    forecast_value: ofValue?.forecastTotal ?? null,
    value_bias: ofValue?.bias ?? null,
    value_rmse: ofValue?.rmse ?? null,
    value_gini: ofValue?.gini ?? null,
    value_top10_capture: ofValue?.top10Capture ?? null,
    value_top20_capture: ofValue?.top20Capture ?? null,
  };
}

function total(count: Float64Array, each: Float64Array | null): number {
  return count.reduce((sum, n, i) => sum + n * (each === null ? 1 : (each[i] as number)), 0);
}
