import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadConfig } from '../../lib/config.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { wholePredictiveMass } from '../reference/predictive-moments.ts';
import { quantileOfMass } from '../reference/quantile-of-mass.ts';
import { sharedData } from '../shared-data.ts';
import { makeHome, type TestHome } from './home.ts';

/*
 * CDNOW, 1/10 sample (Fader & Hardie), dropped as it is. Published and re-computed values: Fader,
 * Hardie & Lee 2005 (BG/NBD), Fader & Hardie 2013 (Gamma-Gamma), lifetimes' tests (MBG/NBD).
 */
const transactions = sharedData('cdnow/transactions.csv');
const summary = sharedData('cdnow/summary.csv');
const example = new URL('../../examples/cdnow/clientele.config.json', import.meta.url);

describe.skipIf(transactions === null || summary === null)('CDNOW as of 1997-09-30', () => {
  let home: TestHome;

  beforeAll(async () => {
    home = await makeHome(loadConfig(readFileSync(example, 'utf8'), 'the example'));
    await home.drop({ 'drop/orders/transactions.csv': readFileSync(transactions as string) });
    const [load] = await home.ingest();
    expect(load).toMatchObject({ recordsIn: 6919, accepted: 6919, quarantined: 0, ignored: 0 });
    await home.night({ asOf: '1997-09-30' });
  });

  /** Columns of customers by their id in the file. */
  async function ofCustomers(columns: string, table: string): Promise<Map<string, number[]>> {
    const rows = await home.ask(
      `select i.value as id, ${columns} from ${table} t join customer_identifier i using (customer_key)`,
    );
    return new Map(rows.map(({ id, ...rest }) => [String(id), Object.values(rest).map(Number)]));
  }

  test('customer_features equals the published summary of all 2,357 customers', async () => {
    const features = await ofCustomers(
      't.frequency, t.recency_days, t.age_days, coalesce(t.repeat_occasion_value, 0) as mean',
      'customer_features',
    );
    const published = parse(readFileSync(summary as string), { columns: true }) as Record<
      'ID' | 'x' | 't_x' | 'T' | 'zbar',
      string
    >[];
    expect(features.size).toBe(2357);
    expect(published).toHaveLength(2357);
    for (const { ID, x, t_x, T, zbar } of published) {
      const [frequency = Number.NaN, recency = Number.NaN, age = Number.NaN, mean = Number.NaN] =
        features.get(ID) ?? [];
      expect(frequency, ID).toBe(Number(x));
      expect(Math.abs(recency / 7 - Number(t_x)), ID).toBeLessThanOrEqual(0.01);
      expect(Math.abs(age / 7 - Number(T)), ID).toBeLessThanOrEqual(0.01);
      expect(Math.abs(mean - Number(zbar)), ID).toBeLessThanOrEqual(0.01);
    }
  });

  test('regularity is that of the days between occasions, counted one by one', async () => {
    const days = new Map<string, Set<number>>();
    for (const { customer_id, date } of parse(readFileSync(transactions as string), {
      columns: true,
    }) as Record<'customer_id' | 'date', string>[]) {
      if (date > '1997-09-30') continue;
      days.set(
        customer_id,
        (days.get(customer_id) ?? new Set()).add(Date.parse(date) / 86_400_000),
      );
    }
    const found = await home.ask(
      `select i.value as id, t.regularity from customer_features t join customer_identifier i using (customer_key)`,
    );
    let known = 0;
    for (const { id, regularity } of found) {
      const sorted = [...(days.get(String(id)) ?? [])].sort((a, b) => a - b);
      const intervals = sorted.slice(1).map((day, i) => day - (sorted[i] as number));
      if (intervals.length < 3) {
        expect(regularity, String(id)).toBeNull();
        continue;
      }
      known += 1;
      const mean = intervals.reduce((sum, interval) => sum + interval, 0) / intervals.length;
      const squares = intervals.map((interval) => (interval - mean) ** 2);
      const variance =
        squares.reduce((sum, square) => sum + square, 0) / (intervals.length - 1) + 1 / 6;
      expect(Math.abs(Number(regularity) / (mean ** 2 / variance) - 1), String(id)).toBeLessThan(
        1e-9,
      );
    }
    // Customers with x of 3, 4, 5, 6 and 7 or more, by the published table of frequencies.
    expect(known).toBe(100 + 62 + 38 + 29 + 64);
  });

  test.each([
    ['bg_nbd', { r: 0.24259, alpha: 4.4136, a: 0.79292, b: 2.42589 }, -9582.4292],
    ['mbg_nbd', { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 }, -9582.1357],
    ['gamma_gamma', { p: 6.24935, q: 3.74426, gamma: 15.44431 }, -4055.9177],
  ])('model_fit has the parameters of %s', async (model, parameters, logLikelihood) => {
    const rows = await home.ask(
      `select parameter, estimate, log_likelihood, status from model_fit where model = '${model}'`,
    );
    expect(rows.map(({ parameter }) => parameter).sort()).toEqual(Object.keys(parameters).sort());
    for (const { parameter, estimate, log_likelihood, status } of rows) {
      const expected = parameters[parameter as keyof typeof parameters];
      expect(Math.abs(Number(estimate) / expected - 1), `${parameter}`).toBeLessThan(1e-3);
      expect(Math.abs(Number(log_likelihood) - logLikelihood)).toBeLessThan(1e-3);
      expect(status).toBe('converged');
    }
  });

  /** The stack as model_fit has it: a scorer and its weight for each model, P(alive) not mapped. */
  async function stackOf() {
    const rows = await home.ask(
      `select model, parameter, scoring_estimate, weight from model_fit where weight is not null`,
    );
    return [...Map.groupBy(rows, ({ model }) => model as CountModel)].map(
      ([model, parameters]) => ({
        model,
        weight: Number(parameters[0]?.weight),
        scorer: scorerOf(
          model,
          Object.fromEntries(
            parameters.map(({ parameter, scoring_estimate }) => [
              parameter,
              Number(scoring_estimate),
            ]),
          ),
        ),
      }),
    );
  }

  test('the five models are weighed, and the champion is the heaviest of them', async () => {
    const stack = await stackOf();
    expect(stack.map(({ model }) => model).sort()).toEqual(
      ['bg_cnbd_k', 'bg_nbd', 'mbg_cnbd_k', 'mbg_nbd', 'pareto_nbd'].sort(),
    );
    expect(stack.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    const heaviest = stack.toSorted((left, right) => right.weight - left.weight)[0]?.model;
    expect(await home.ask('select distinct model from model_fit where is_champion')).toEqual([
      { model: heaviest },
    ]);
  });

  test('P(alive) of one-time buyers is that of the models that let them leave, by weight', async () => {
    const stack = (await stackOf()).filter(({ model }) => !model.startsWith('bg_'));
    const sum = stack.reduce((all, { weight }) => all + weight, 0);
    const rows = await home.ask(
      `select v.p_alive, f.age_days from customer_value v
       join customer_features f on f.customer_key = v.customer_key where f.frequency = 0`,
    );
    expect(rows).toHaveLength(1411);
    for (const { p_alive, age_days } of rows) {
      const history = { frequency: 0, recency: 0, age: Number(age_days) / 7 };
      const expected = stack.reduce(
        (all, { weight, scorer }) => all + (weight / sum) * scorer.probabilityAlive(history),
        0,
      );
      expect(Math.abs(Number(p_alive) / expected - 1)).toBeLessThan(1e-9);
    }
  });

  test('the percentiles of orders of one-time buyers are within three points of the mixture', async () => {
    const stack = await stackOf();
    const rows = await home.ask(
      `select distinct f.age_days, v.orders_12m_p10, v.orders_36m_p90 from customer_value v
       join customer_features f on f.customer_key = v.customer_key where f.frequency = 0`,
    );
    for (const { age_days, orders_12m_p10, orders_36m_p90 } of rows) {
      const history = { frequency: 0, recency: 0, age: Number(age_days) / 7 };
      const exactly = (level: number, months: number) => {
        const masses = stack.map(({ weight, scorer }) => ({
          weight,
          mass: wholePredictiveMass(scorer, { ...history, weeks: months * WEEKS_OF_MONTH }),
        }));
        const longest = Math.max(...masses.map(({ mass }) => mass.length));
        return quantileOfMass(
          Float64Array.from({ length: longest }, (_, y) =>
            masses.reduce((sum, { weight, mass }) => sum + weight * (mass[y] ?? 0), 0),
          ),
          level,
        );
      };
      expect(orders_12m_p10).toBe(exactly(0.1, 12));
      expect(orders_36m_p90).toBeGreaterThanOrEqual(exactly(0.87, 36));
      expect(orders_36m_p90).toBeLessThanOrEqual(exactly(0.93, 36));
    }
  });

  test('the means of every dimension of total_forecast are the sum of the customers', async () => {
    const sums = await home.ask(
      `select t.dimension, t.horizon_months, sum(t.orders) as orders, sum(t.count_customers) as n
       from total_forecast t group by t.dimension, t.horizon_months order by 1, 2`,
    );
    expect(sums.map(({ dimension }) => dimension)).toEqual(
      ['acquisition_channel', 'acquisition_month', 'rfm', 'total'].flatMap((one) => [
        one,
        one,
        one,
      ]),
    );
    const [all] = await home.ask(
      `select sum(expected_orders_12m) as m12, sum(expected_orders_24m) as m24,
         sum(expected_orders_36m) as m36, count(*) as n from customer_value`,
    );
    for (const { horizon_months, orders, n } of sums) {
      expect(Number(n)).toBe(Number(all?.n));
      expect(Math.abs(Number(orders) / Number(all?.[`m${horizon_months}`]) - 1)).toBeLessThan(1e-9);
    }
  });

  test('expected spend an occasion is that of Hardie note 025', async () => {
    const spend = await ofCustomers('t.expected_occasion_value', 'customer_value');
    const published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17];
    for (const [index, expected] of published.entries()) {
      expect(Math.abs((spend.get(String(index + 1))?.[0] ?? 0) - expected)).toBeLessThan(0.01);
    }
  });

  test('the residual lifetime value is at least that of three years', async () => {
    const values = await ofCustomers(
      't.residual_lifetime_value, t.expected_occasion_value, coalesce(t.contribution_rate, 1), t.predicted_clv_36m',
      'customer_value',
    );
    for (const [customer, [all = 0, , , threeYears = 0]] of values) {
      expect(all, customer).toBeGreaterThanOrEqual(threeYears);
    }
  });
});
