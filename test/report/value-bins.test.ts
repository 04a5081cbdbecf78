import { expect, test } from 'vitest';
import { binCase, valueBins } from '../../lib/report/value-bins.ts';

function bin(place: number, countCustomers: number) {
  return { bin: place, count_customers: countCustomers, predicted_value: countCustomers * place };
}

test('binCase() steps by 1, 2 and 5', () => {
  expect(binCase('x')).toMatch(
    /^case when x < 0 then 0 when x < 1 then 1 when x < 2 then 2 when x < 5 then 3 when x < 10 then 4 /,
  );
});

test('valueBins() shows the empty bins between the lowest and the highest', () => {
  expect(valueBins([bin(5, 7), bin(7, 2)])).toEqual([
    { from: 10, to: 20, count_customers: 7, predicted_value: 35 },
    { from: 20, to: 50, count_customers: 0, predicted_value: 0 },
    { from: 50, to: 100, count_customers: 2, predicted_value: 14 },
  ]);
});

test('valueBins() joins the smallest values where there are too many bins, and loses no customer', () => {
  const bins = valueBins(Array.from({ length: 14 }, (_, place) => bin(place, 1)));
  expect(bins.length).toBe(10);
  expect(bins[0]).toMatchObject({ from: null, to: 0 });
  expect(bins[1]).toMatchObject({ from: 0, to: 20, count_customers: 5 });
  expect(bins.reduce((sum, { count_customers }) => sum + count_customers, 0)).toBe(14);
});

test('valueBins() of nobody is empty', () => {
  expect(valueBins([])).toEqual([]);
});
