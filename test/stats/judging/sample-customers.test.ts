import { expect, test } from 'vitest';
import { sampleCustomers } from '../../../lib/stats/judging/sample-customers.ts';

test('sampleCustomers() takes everybody where they are few', () => {
  expect(sampleCustomers([1, 0, 3], 10)).toEqual([0, 2, 2, 2]);
});

test('sampleCustomers() takes each the same share of all', () => {
  // of 40 customers every tenth: the 5th, 15th, 25th and 35th
  expect(sampleCustomers([10, 4, 20, 6], 4)).toEqual([0, 2, 2, 3]);
});

test('sampleCustomers() of nobody is nobody', () => {
  expect(sampleCustomers([0, 0], 5)).toEqual([]);
});
