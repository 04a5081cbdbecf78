import type { Completion } from './feed.ts';
import { literal } from './sql-text.ts';

/**
 * Amounts are added up as they stand, so a record that names another currency than the reporting
 * one (ISO 4217) is refused: added at 1:1 it would make every total wrong, and nobody would see it.
 */
export const inReportingCurrency: Completion = {
  complete(values, { currency }) {
    const given = values.currency ?? null;
    if (given === null || given === currency) return values;
    return { column: 'currency', rule: 'other_currency' };
  },

  sql({ of }, { currency }) {
    const isOther = `${of('currency')} <> ${literal(currency)}`;
    return {
      values: {},
      refused: [{ when: isOther, column: 'currency', rule: 'other_currency' }],
    };
  },
};
