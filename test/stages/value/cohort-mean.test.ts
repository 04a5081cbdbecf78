import { expect, test } from 'vitest';
import type { Row } from '../../../lib/ports/query-engine.ts';
import { built, columnsOf } from '../built.ts';

const asOf = Date.parse('2025-12-31');
const dayAgo = (days: number) => new Date(asOf - days * 86_400_000).toISOString().slice(0, 10);

interface Life {
  readonly age: number;
  /** Day of life, value and whether it is an occasion. */
  readonly days?: readonly (readonly [day: number, value: number, isOccasion?: boolean])[];
}

/** So many customers with this life after their first order. */
function lives(
  count: number,
  { age, days = [] }: Life,
): { readonly features: Row; readonly days: readonly Row[] }[] {
  return Array.from({ length: count }, (_, i) => {
    const customer_key = `${age}-${i}`;
    return {
      features: { customer_key, age_days: age, first_occasion_on: dayAgo(age), count_occasions: 1 },
      days: [[0, 1000, true] as const, ...days].map(([day, net_sales, is_occasion = true]) => ({
        customer_key,
        ordered_on: dayAgo(age - day),
        is_occasion,
        net_sales,
        cost_of_goods: 0,
      })),
    };
  });
}

async function meansOf(
  cohorts: readonly ReturnType<typeof lives>[],
  others: Readonly<Record<string, readonly Row[]>> = {},
) {
  const all = cohorts.flat();
  return await built('cohort_mean', {
    customer_features: all.map(({ features }) => features),
    customer_day: all.flatMap(({ days }) => days),
    ...others,
  });
}

/** Of an age and horizon: customers, orders and value a customer; nothing where none are told. */
async function meanAt(age: number, months: number, cohorts: readonly ReturnType<typeof lives>[]) {
  const rows = await meansOf([...cohorts, lives(1, { age })]);
  const own = rows.filter((row) => row.age_days === age && row.horizon_months === months);
  return columnsOf(own, 'count_customers', 'orders', 'value')[0];
}

test('an age tells what at least 30 customers older than it and the horizon brought after it', async () => {
  // 50 on day 10, 20 on day 11, a return of 5 on day 375, 7 on day 376
  const days = [
    [10, 50],
    [11, 20],
    [375, -5, false],
    [376, 7],
  ] as const;
  const old = lives(30, { age: 376, days });
  // older than 10 + 365 days, and not younger: 20 - 5, one order
  expect(await meanAt(10, 12, [old])).toEqual([30, 1, 15]);
  // 376 is not older than 11 + 365
  expect(await meanAt(11, 12, [old])).toBeUndefined();
  // from day 1 on: 70
  expect(await meanAt(0, 12, [old])).toEqual([30, 2, 70]);
  expect(await meanAt(9, 12, [old])).toEqual([30, 2, 70]);
});

test('29 customers tell nothing, nor those who are too young', async () => {
  const days = [[20, 10]] as const;
  expect(await meanAt(5, 12, [lives(29, { age: 400, days })])).toBeUndefined();
  expect(
    await meanAt(5, 12, [lives(29, { age: 400, days }), lives(40, { age: 370, days })]),
  ).toBeUndefined();
  // the 30th brought nothing: 29 x 10 / 30
  expect(await meanAt(5, 12, [lives(29, { age: 400, days }), lives(1, { age: 371 })])).toEqual([
    30,
    29 / 30,
    290 / 30,
  ]);
});

test('horizons of 24 and 36 months are of 730 and 1,095 days', async () => {
  const days = [
    [730, 1],
    [731, 2],
    [1095, 4],
    [1096, 8],
  ] as const;
  const old = lives(30, { age: 1096, days });
  expect(await meanAt(0, 24, [old])).toEqual([30, 1, 1]);
  expect(await meanAt(0, 36, [old])).toEqual([30, 3, 7]);
  expect(await meanAt(1, 24, [old])).toEqual([30, 2, 3]);
  expect(await meanAt(1, 36, [old])).toBeUndefined();
});

test('costs are taken off where they are known', async () => {
  const costed = lives(30, { age: 400, days: [[20, 10]] }).map(({ features, days }) => ({
    features,
    days: days.map((day) => ({ ...day, cost_of_goods: 4 })),
  }));
  expect(await meanAt(5, 12, [costed])).toEqual([30, 1, 6]);
  const uncosted = lives(30, { age: 400, days: [[20, 10]] }).map(({ features, days }) => ({
    features,
    days: days.map((day) => ({ ...day, cost_of_goods: null })),
  }));
  expect(await meanAt(5, 12, [uncosted])).toEqual([30, 1, 10]);
});

test('where a model tells there is none', async () => {
  const old = lives(30, { age: 400, days: [[20, 10]] });
  const score = { frequency: 0, recency_days: 0, age_days: 400, p_alive: 0.5 };
  expect(await meansOf([old], { model_score: [score] })).toEqual([]);
});
