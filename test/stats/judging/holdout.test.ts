import { describe, expect, test } from 'vitest';
import { backTest } from '../../../lib/stats/judging/back-test.ts';
import { forecastQuality } from '../../../lib/stats/judging/quality.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../../lib/stats/models/gamma-gamma.ts';
import { cdnowFromTransactions, countsOf, hasCdnow, intervalsOf, spendOf } from '../cdnow.ts';

// Source: golden/cdnow.py; gini and top shares, the baselines and k from docs/models.md.
const ORDERS = [
  { model: 'pareto_nbd', total: 1665.4, bias: -0.115, mae: 0.7545, rmse: 1.6028 },
  { model: 'bg_nbd', total: 1653.4, bias: -0.122, mae: 0.7855, rmse: 1.608 },
  { model: 'mbg_nbd', total: 1576.7, bias: -0.162, mae: 0.7648, rmse: 1.6072 },
  // every customer's clock runs at k = 1 there, so the regular models are the same
  { model: 'bg_cnbd_k', total: 1653.4, bias: -0.122, mae: 0.7855, rmse: 1.608 },
  { model: 'mbg_cnbd_k', total: 1576.7, bias: -0.162, mae: 0.7648, rmse: 1.6072 },
  { model: 'repeat_rate', total: 2930.1, bias: 0.557, mae: 1.0237, rmse: 2.2119 },
  { model: 'zero', total: 0, bias: -1, mae: 0.7985, rmse: 2.2064 },
] as const;
const SPEND = [
  { model: 'pareto_nbd', bias: -0.148, mae: 29.45, rmse: 72.18, gini: 0.659, top: [0.503, 0.672] },
  { model: 'bg_nbd', bias: -0.156, mae: 30.41, rmse: 72.3, gini: 0.638, top: [0.502, 0.663] },
  { model: 'mbg_nbd', bias: -0.195, mae: 29.71, rmse: 71.95, gini: 0.638, top: [0.502, 0.669] },
] as const;
// Average order value × orders a week (the first included, or repeats alone) × 39.
const NAIVE_SPEND = [
  { model: 'simple_formula', bias: 1.93, mae: 73.03, rmse: 219.19 },
  { model: 'repeat_rate', bias: 0.628, mae: 43.46, rmse: 199.23 },
] as const;
// BG/NBD and Pareto/NBD forecasts by x = 0, 1, …, 6, 7+.
const BY_FREQUENCY = {
  actual: [0.2367, 0.697, 1.3925, 1.56, 2.5323, 2.9474, 3.8621, 6.3594],
  bg_nbd: [0.2251, 0.5231, 1.0441, 1.5203, 2.1639, 2.6538, 3.504, 6.1572],
  pareto_nbd: [0.1384, 0.5995, 1.1959, 1.7139, 2.3984, 2.9073, 3.8187, 6.4032],
};

describe.skipIf(!hasCdnow)('the 39 weeks after the cut on CDNOW', () => {
  const customers = hasCdnow ? cdnowFromTransactions() : [];
  const groups = countsOf(customers);
  const actualOrders = Float64Array.from(customers, (c) => c.holdoutOrders);
  const rows = hasCdnow
    ? backTest({
        groups,
        actualOrders,
        ordersOfLastPeriod: groups.frequency,
        intervals: intervalsOf(customers),
        weeks: 39,
      })
    : [];
  const rowOf = (model: string) => rows.find((row) => row.model === model)!;

  test('hold 1,882 orders and $70,976.39', () => {
    expect(actualOrders.reduce((sum, n) => sum + n, 0)).toBe(1882);
    expect(customers.reduce((sum, c) => sum + c.holdoutSpend, 0)).toBeCloseTo(70_976.39, 2);
    expect(customers.filter((c) => c.holdoutOrders > 0)).toHaveLength(684);
  });

  test.each(ORDERS)('$model forecasts $total orders', ({ model, total, bias, mae, rmse }) => {
    const quality = rowOf(model).quality!;
    expect(Math.abs(quality.forecastTotal - total)).toBeLessThan(0.2);
    expect(Math.abs(quality.bias! - bias)).toBeLessThan(0.005);
    expect(Math.abs(quality.meanAbsoluteError / mae - 1)).toBeLessThan(0.01);
    expect(Math.abs(quality.rmse / rmse - 1)).toBeLessThan(0.01);
  });

  test.each(SPEND)(
    '$model with Gamma-Gamma forecasts spend',
    ({ model, bias, mae, rmse, ...rank }) => {
      const parameters = fitGammaGamma(spendOf(customers)).parameters as never;
      const quality = forecastQuality({
        forecast: rowOf(model).forecast!.map(
          (orders, i) => orders * gammaGammaExpectedSpend(parameters, customers[i]!),
        ),
        actual: Float64Array.from(customers, (c) => c.holdoutSpend),
        count: groups.count,
      });
      expect(Math.abs(quality.bias! - bias)).toBeLessThan(0.005);
      expect(Math.abs(quality.meanAbsoluteError / mae - 1)).toBeLessThan(0.01);
      expect(Math.abs(quality.rmse / rmse - 1)).toBeLessThan(0.01);
      expect(Math.abs(quality.gini! - rank.gini)).toBeLessThan(0.001);
      expect(Math.abs(quality.top10Capture! - rank.top[0])).toBeLessThan(0.005);
      expect(Math.abs(quality.top20Capture! - rank.top[1])).toBeLessThan(0.005);
    },
  );

  test.each(NAIVE_SPEND)('$model times the average order value overstates spend', (row) => {
    const quality = forecastQuality({
      forecast: rowOf(row.model).forecast!.map((orders, i) => orders * customers[i]!.averageSpend),
      actual: Float64Array.from(customers, (c) => c.holdoutSpend),
      count: groups.count,
    });
    expect(Math.abs(quality.bias! - row.bias)).toBeLessThan(0.005);
    expect(Math.abs(quality.meanAbsoluteError / row.mae - 1)).toBeLessThan(0.01);
    expect(Math.abs(quality.rmse / row.rmse - 1)).toBeLessThan(0.01);
  });

  test.each(['actual', 'bg_nbd', 'pareto_nbd'] as const)('mean by frequency: %s', (name) => {
    const values = name === 'actual' ? actualOrders : rowOf(name).forecast!;
    for (const [x, golden] of BY_FREQUENCY[name].entries()) {
      const members = customers.flatMap((c, i) =>
        Math.min(c.frequency, 7) === x ? [values[i]!] : [],
      );
      const mean = members.reduce((sum, value) => sum + value, 0) / members.length;
      expect(Math.abs(mean - golden), `x = ${x}`).toBeLessThan(5e-4 * Math.max(1, golden));
    }
  });
});
