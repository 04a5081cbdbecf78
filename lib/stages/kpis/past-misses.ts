import { bind } from '../../sql/bind.ts';
import { missVariance } from '../../stats/face.ts';
import type { Night } from '../stage.ts';

/** σ² of the logarithm of totals in one horizon of the cuts, beyond chance. */
export interface PastMisses {
  readonly orders: number;
  readonly sales: number;
  /** Of acquisition months, and so of channels and segments. */
  readonly ordersOfParts: number;
  readonly salesOfParts: number;
  readonly countCuts: number;
  /** Of the cuts; a year where there is none. */
  readonly horizonDays: number;
  readonly historyDays: number;
}

/** What the stack missed at the night's cuts, read from `model_quality`. */
export async function pastMisses({ engine, parameters }: Night): Promise<PastMisses> {
  const rows = await engine.read(
    bind(
      `select horizon_days, orders_miss, value_miss, month_miss from model_quality
       where snapshot_on = :as_of and run_id = :run_id and model = 'stack' order by cut_on`,
      parameters,
    ),
  );
  const [history] = await engine.read(
    bind(
      `select date_diff('day', history_from_on, :as_of) as history_days from history
       where snapshot_on = :as_of and run_id = :run_id`,
      parameters,
    ),
  );
  const of = (name: 'orders_miss' | 'value_miss' | 'month_miss') =>
    missVariance(rows.filter((row) => row[name] != null).map((row) => Number(row[name])));
  const [orders, sales, ordersOfParts] = [of('orders_miss'), of('value_miss'), of('month_miss')];
  return {
    orders,
    sales,
    ordersOfParts,
    // the basket misses alike in all parts: what months miss more in orders they miss in sales
    salesOfParts: sales + Math.max(0, ordersOfParts - orders),
    countCuts: rows.length,
    horizonDays: Number(rows[0]?.horizon_days ?? 365),
    historyDays: Number(history?.history_days ?? 0),
  };
}
