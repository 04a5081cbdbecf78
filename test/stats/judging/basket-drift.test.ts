import { expect, test } from 'vitest';
import { basketAtCut, basketFactor } from '../../../lib/stats/judging/basket-drift.ts';

test('basketAtCut() compares the value of the occasions that came, whoever they were of', () => {
  const basket = basketAtCut({
    count: Float64Array.of(10, 5, 100),
    actualOrders: Float64Array.of(2, 1, 0),
    actualValue: Float64Array.of(50, 30, 0),
    occasionValue: Float64Array.of(20, 25, 1000),
  })!;
  // 650 came, 10·2·20 + 5·1·25 = 525 were expected
  const ratio = 650 / 525;
  expect(basket.drift).toBeCloseTo(Math.log(ratio), 12);
  const squares = 10 * (50 - ratio * 40) ** 2 + 5 * (30 - ratio * 25) ** 2;
  expect(basket.standardError).toBeCloseTo(Math.sqrt(squares) / 650, 12);
});

test('basketAtCut() of a horizon in which nobody bought, or for nothing, is null', () => {
  const one = { count: Float64Array.of(10), occasionValue: Float64Array.of(20) };
  const none = { actualOrders: Float64Array.of(0), actualValue: Float64Array.of(0) };
  expect(basketAtCut({ ...one, ...none })).toBeNull();
  expect(basketAtCut({ ...one, ...none, actualOrders: Float64Array.of(1) })).toBeNull();
});

test('basketFactor() is the mean drift, drawn to none by its error and that of the cuts', () => {
  expect(basketFactor([{ drift: 0.2, standardError: 0 }])).toBeCloseTo(Math.exp(0.2), 12);
  // errors 0.06² of chance, ((0.24 − 0.2)² + (0.16 − 0.2)²)/2 of the cuts
  const share = 1 - (0.0036 + 0.0016) / 0.04;
  expect(
    basketFactor([
      { drift: 0.24, standardError: 0.06 },
      { drift: 0.16, standardError: 0.06 },
    ]),
  ).toBeCloseTo(Math.exp(0.2 * share), 12);
  expect(basketFactor([{ drift: -0.05, standardError: 0.06 }])).toBe(1);
  expect(basketFactor([])).toBe(1);
});
