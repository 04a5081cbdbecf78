import { expect, test } from 'vitest';
import { medianWeeksToNextOrder } from '../../../lib/stats/scoring/next-order.ts';
import { mixtureOf } from '../single.ts';

const mbg = mixtureOf('mbg_nbd', { r: 0.52484, alpha: 6.18309, a: 0.89139, b: 1.61405 });
const customer = { frequency: 9, recency: 38, age: 39 };

test('medianWeeksToNextOrder() of a Poisson buyer is (α+T)(2^{1/(r+x)} − 1)', () => {
  const weeks = medianWeeksToNextOrder(mbg, customer)!;
  expect(Math.abs(weeks - (6.18309 + 39) * (2 ** (1 / 9.52484) - 1))).toBeLessThan(1e-3);
});

test('medianWeeksToNextOrder() is null for a customer who has probably gone', () => {
  expect(medianWeeksToNextOrder(mbg, { frequency: 9, recency: 5, age: 39 })).toBeNull();
});

test('medianWeeksToNextOrder() of a regular buyer shortens as the order falls due', () => {
  const regular = mixtureOf('mbg_cnbd_k', { k: 4, r: 3, alpha: 3, a: 0.5, b: 5 });
  const after = (quiet: number) =>
    medianWeeksToNextOrder(regular, { frequency: 9, recency: 36, age: 36 + quiet })!;
  expect(after(3)).toBeLessThan(after(1.5));
  expect(after(1.5)).toBeLessThan(after(0));
});

test('medianWeeksToNextOrder() of a Pareto/NBD customer who will die first is null', () => {
  const dying = mixtureOf('pareto_nbd', { r: 0.5, alpha: 10, s: 20, beta: 40 });
  expect(medianWeeksToNextOrder(dying, { frequency: 1, recency: 2, age: 2 })).toBeNull();
});

test('medianWeeksToNextOrder() of a mixture weighs each model by its share of P(alive)', () => {
  const [one] = mixtureOf('mbg_nbd', { r: 0.5, alpha: 6, a: 0.9, b: 1.6 });
  const [other] = mixtureOf('pareto_nbd', { r: 2, alpha: 6, s: 0.6, beta: 12 });
  const mixture = [
    { ...one!, alive: 0.3 },
    { ...other!, alive: 0.7 },
  ];
  const weeks = medianWeeksToNextOrder(mixture, customer)!;
  const parts = mixture.map(({ scorer, alive }) => ({
    share: alive * scorer.probabilityAlive(customer),
    none: scorer.ordersOfLiving(customer.frequency, 0).probabilityNone(customer.age, weeks),
  }));
  const alive = parts.reduce((sum, { share }) => sum + share, 0);
  const none = parts.reduce((sum, part) => sum + (part.share / alive) * part.none, 0);
  expect(none).toBeCloseTo(0.5, 3);
});
