import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig, parseConfig } from '../../lib/config.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/mappings.md'), 'utf8');

test('the page on mappings names every setting of a file and of a column', () => {
  const columns = { ordered_at: 'day' };
  const mapping = parseConfig({ sources: { shop: { orders: { columns } } } }).sources.shop?.orders;
  const optional = ['delimiter', 'time_zone', 'phone_country', 'amounts_include_tax'];
  const ofColumn = ['from', 'join', 'with', 'value', 'values', 'as', 'date_format', 'unreadable'];
  const settings = [...Object.keys(mapping ?? {}), ...optional, ...ofColumn, 'order_numbers'];
  expect(settings.length).toBeGreaterThan(20);
  expect(settings.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('the configuration on the page on mappings is one', () => {
  const [, example = ''] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
  expect(Object.keys(loadConfig(example, 'the page').sources)).toEqual(['shop']);
});
