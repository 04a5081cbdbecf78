import fc from 'fast-check';
import type { CustomerHistory } from '../../lib/stats/models/counts.ts';

/** Positive numbers spread evenly over their logarithm. */
export function positive(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min: Math.log(min), max: Math.log(max), noNaN: true }).map(Math.exp);
}

/** A customer seen for 1 to 1,500 days with up to 60 repeats. */
export const anyCustomer: fc.Arbitrary<CustomerHistory> = fc
  .record({
    frequency: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
    days: fc.integer({ min: 1, max: 1500 }),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  })
  .map(({ frequency, days, share }) => ({
    frequency,
    recency: frequency === 0 ? 0 : Math.ceil(share * days) / 7,
    age: days / 7,
  }));

export const anyCustomers = fc.array(anyCustomer, { minLength: 1, maxLength: 30 });
