import { expect, test } from 'vitest';
import { makeDropHome } from './home.ts';

interface Style {
  readonly decimal?: string;
  readonly thousands?: string;
  readonly currency?: string;
}

/** The amount that a text is read as, or the rule that refuses it. */
async function readAs(text: string, { currency, ...numbers }: Style): Promise<string> {
  const columns = {
    ordered_at: 'Day',
    amount: 'Sum',
    ...(currency === undefined ? {} : { currency: { value: currency } }),
  };
  const home = await makeDropHome({ sources: { till: { orders: { ...numbers, columns } } } });
  await home.drop({ 'orders/till/a.csv': `Day,Sum\n2026-01-05,"${text}"\n` });
  const [load] = await home.ingest();
  if (load?.accepted === 0) return load.problems[0]?.rule as string;
  const [row] = await home.read('accepted/orders', 'select amount from rows');
  return row?.amount as string;
}

const german = { decimal: ',', thousands: '.' };
const french = { decimal: ',', thousands: ' ' };
const american = { thousands: ',' };

test.each<[string, Style, string]>([
  ['1.234,50 €', { ...german, currency: 'EUR' }, '1234.5000'],
  ['-9,90 €', { ...german, currency: 'eur' }, '-9.9000'],
  ['€ 9,90', { ...german, currency: 'EUR' }, '9.9000'],
  ['-€9,90', { ...german, currency: 'EUR' }, '-9.9000'],
  ['9,90 EUR', { ...german, currency: 'EUR' }, '9.9000'],
  ['$1,234.50', { ...american, currency: 'USD' }, '1234.5000'],
  ['CA$1,234.50', { ...american, currency: 'CAD' }, '1234.5000'],
  ['($1,234.50)', { ...american, currency: 'USD' }, '-1234.5000'],
  ['$(12.00)', { ...american, currency: 'USD' }, '-12.0000'],
  ['(12.00)', {}, '-12.0000'],
  ['(0.00)', {}, '0.0000'],
  ['kr 12,50', { decimal: ',', currency: 'SEK' }, '12.5000'],
  ['1\u202f234,50\u00a0€', { ...french, currency: 'EUR' }, '1234.5000'],
  ['1\u2009234,5', french, '1234.5000'],
  ['1\u2019234.50', { thousands: "'" }, '1234.5000'],
  ['\u22125.00', {}, '-5.0000'],
  ['1.7763568394002505e-15', {}, '0.0000'],
  ['-7.105427357601002E-15', {}, '0.0000'],
  ['1.2345678901234567e2', {}, '123.4568'],
  ['9.99995e-05', {}, '0.0001'],
  ['1e-05', {}, '0.0000'],
  ['$5.00', {}, 'currency_symbol'],
  ['$5.00', { currency: 'EUR' }, 'currency_symbol'],
  ['5,00 €', { decimal: ',' }, 'currency_symbol'],
  ['5.00 USD', { currency: 'EUR' }, 'currency_symbol'],
  ['(1,234.50)', {}, 'thousands_separator'],
  ['(-5.00)', {}, 'not_a_number'],
  ['1\u202f234', {}, 'thousands_separator'],
  ['1.2E+15', {}, 'scientific_notation'],
  ['1.5E+3', {}, 'scientific_notation'],
  ['1.5e-3', {}, 'scientific_notation'],
  ['1.7763568394002505e+10', {}, 'implausible_amount'],
  ['1.7763568394002505e+15', {}, 'scientific_notation'],
])('%s in %o is %s', async (text, style, expected) => {
  expect(await readAs(text, style)).toBe(expected);
});
