import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { bind } from '../../lib/sql/bind.ts';
import type { OrderMoments } from '../../lib/stats/intervals/order-interval.ts';
import { quantileGivenSome } from '../../lib/stats/intervals/quantile-given-some.ts';
import type { SpendSpread } from '../../lib/stats/intervals/spend-spread.ts';
import { customerFeatures } from '../../lib/tables/features.ts';
import { orderSpread, spendSpread } from '../../lib/tables/fit.ts';

const run = { snapshotOn: '2026-01-31', runId: 'interval' };
const text = new URL('../../lib/stages/value/clv_interval.sql', import.meta.url);

/** What is known of a customer and of the coming orders and their values. */
export interface CustomerToCome {
  readonly frequency: number;
  readonly meanSpend: number;
  readonly orders: OrderMoments;
  readonly spread: SpendSpread;
}

/** P10 and P90 of a customer's sales, as the night's own text makes them. */
export async function publishedSales(
  customer: CustomerToCome,
): Promise<{ readonly p10: number; readonly p90: number }> {
  const { frequency, meanSpend, orders, spread } = customer;
  const folder = await mkdtemp(join(tmpdir(), 'clientele-interval-'));
  const tables = [customerFeatures, orderSpread, spendSpread];
  const engine = await openDuckDbEngine({ folder, tables });
  try {
    const triple = { frequency, recency_days: 1, age_days: 2 };
    await engine.writeRows(customerFeatures, run, [
      { customer_key: 'c', ...triple, repeat_occasion_value: meanSpend.toFixed(4) },
    ]);
    await engine.writeRows(orderSpread, run, [
      {
        ...triple,
        horizon_months: 12,
        p_some: orders.probabilitySome,
        mean_orders: orders.mean,
        mean_square: orders.meanSquare,
        z_p10: quantileGivenSome(0.1, orders.probabilitySome),
        z_p90: quantileGivenSome(0.9, orders.probabilitySome),
      },
    ]);
    await engine.writeRows(spendSpread, run, [
      {
        frequency,
        mean_constant: spread.mean[0],
        mean_linear: spread.mean[1],
        own_constant: spread.own[0],
        own_linear: spread.own[1],
        own_square: spread.own[2],
        shared_constant: spread.shared[0],
        shared_linear: spread.shared[1],
        shared_square: spread.shared[2],
      },
    ]);
    const [row] = await engine.read(
      bind(await readFile(text, 'utf8'), {
        as_of: { type: 'date', value: run.snapshotOn },
        run_id: { type: 'text', value: run.runId },
      }),
    );
    return { p10: Number(row?.sales_p10), p90: Number(row?.sales_p90) };
  } finally {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  }
}
