import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadConfig, parseConfig } from '../lib/config.ts';
import { ConfigurationError } from '../lib/errors.ts';

test('parseConfig() fills in every default', () => {
  expect(parseConfig({})).toMatchObject({
    time_zone: 'UTC',
    discount_rate: 0.1,
    refused_share: 0.2,
    placeholders: [],
    sources: {},
  });
});

test('parseConfig() takes a header alone as short for {"from": header}', () => {
  const config = parseConfig({
    sources: { shop: { products: { columns: { product_id: 'SKU', name: { from: 'Title' } } } } },
  });
  expect(config.sources.shop?.products?.columns).toMatchObject({
    product_id: { from: 'SKU', values: {} },
    name: { from: 'Title' },
  });
});

/** What is wrong, and what the message must say of it: path, requirement, value. */
const wrong: readonly (readonly [name: string, given: unknown, says: readonly string[]])[] = [
  ['an unknown setting', { curency: 'EUR' }, ['curency: is no known setting']],
  [
    'a currency in lower case',
    { currency: 'eur' },
    ['currency: must be three capital letters', '"eur"'],
  ],
  [
    'a memory without a unit',
    { memory: '4096' },
    ['memory: must be a whole number of MB or GB', '"4096"'],
  ],
  [
    'a placeholder in capitals',
    { placeholders: ['Desk@shop.example'] },
    ['placeholders.0: must be without blanks, an address in lower case', '"Desk@shop.example"'],
  ],
  [
    'a time zone that is none',
    { time_zone: 'Paris' },
    ['time_zone: must be an IANA time zone', '"Paris"'],
  ],
  [
    'an unknown feed',
    { sources: { shop: { order: {} } } },
    ['sources.shop.order: is no known setting'],
  ],
  [
    'a source named for a year',
    { sources: { '2024': {} } },
    ['sources.2024: the name must not be a date'],
  ],
  [
    'order numbers that are neither',
    { sources: { shop: { order_numbers: 'daily' } } },
    ['sources.shop.order_numbers: ', '"restart"', '"unique"'],
  ],
  [
    'an unknown column',
    orders({ columns: { ordered_at: 'Date', costumer_id: 'Customer' } }),
    ['sources.shop.orders.columns.costumer_id', 'nearest: customer_id'],
  ],
  [
    'tax of the whole order where amounts include tax',
    orders({
      columns: { ordered_at: 'Date', order_tax: 'Tax' },
      amounts_include_tax: { rate: 0.19 },
    }),
    ['sources.shop.orders.columns.order_tax: must be left out where amounts include tax'],
  ],
  [
    'a required column that is not mapped',
    orders({ columns: { amount: 'Total' } }),
    ['sources.shop.orders.columns.ordered_at: is required and must be mapped'],
  ],
  [
    'two ways to make a column',
    orders({ columns: { ordered_at: { from: 'Date', value: '2026-01-01' } } }),
    ['columns.ordered_at: must have exactly one of "from", "join" and "value"'],
  ],
  [
    'a form of dates that says no day',
    orders({ date_format: 'MM/YYYY', columns: { ordered_at: 'Date' } }),
    ['date_format: must be "ISO" or made of', '"MM/YYYY"'],
  ],
  [
    'the same sign for decimals and thousands',
    orders({ decimal: ',', thousands: ',', columns: { ordered_at: 'Date' } }),
    ['thousands: must differ from "decimal"'],
  ],
  [
    'an ignore rule with two tests',
    orders({
      columns: { ordered_at: 'Date' },
      ignore: [{ column: 'Type', equals: 'a', begins_with: 'b', reason: 'c' }],
    }),
    ['ignore.0: must have exactly one of "equals", "one_of" and "begins_with"'],
  ],
];

function orders(mapping: unknown): unknown {
  return { sources: { shop: { orders: mapping } } };
}

for (const [name, given, says] of wrong) {
  test(`parseConfig() refuses ${name} and says where and what is required`, () => {
    expect(() => parseConfig(given, 'clientele.config.json')).toThrow(ConfigurationError);
    try {
      parseConfig(given, 'clientele.config.json');
    } catch (error) {
      for (const part of ['Cannot use clientele.config.json', ...says]) {
        expect((error as Error).message).toContain(part);
      }
    }
  });
}

test('loadConfig() says that a file is no JSON', () => {
  expect(() => loadConfig('{', 'a.json')).toThrow('Cannot use a.json: it must be JSON');
});

for (const name of ['cdnow', 'online-retail']) {
  test(`loadConfig() reads the example ${name}`, () => {
    const path = new URL(`../examples/${name}/clientele.config.json`, import.meta.url);
    expect(Object.keys(loadConfig(readFileSync(path, 'utf8'), name).sources)).toEqual([name]);
  });
}
