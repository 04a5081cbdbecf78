import { expect, test } from 'vitest';
import { ConfigurationError } from '../../lib/errors.ts';
import { bind } from '../../lib/sql/bind.ts';

test('bind() writes a typed literal for every name', () => {
  const text = 'select :day, :name, :number, :rate, :name';
  const bound = bind(text, {
    day: { type: 'date', value: '2024-02-29' },
    name: { type: 'text', value: "O'Brien" },
    number: { type: 'count', value: 12 },
    rate: { type: 'decimal', value: 0.1 },
  });
  expect(bound).toBe(
    "select date '2024-02-29', 'O''Brien', cast(12 as bigint), cast('0.1000' as decimal(18,4)), 'O''Brien'",
  );
});

test('bind() leaves comments and quoted text alone', () => {
  const text = `select ':day', "a:day" -- :day\n, ':it''s :day'`;
  expect(bind(text, {})).toBe(text);
});

test('bind() refuses a name without a value and names those it has', () => {
  expect(() => bind('select :dya', { day: { type: 'date', value: '2024-01-01' } })).toThrow(
    new ConfigurationError('Cannot bind :dya: one of day is required.'),
  );
});

test.each([
  { type: 'date', value: "2024-01-01' or true --" },
  { type: 'date', value: '01/02/2024' },
  { type: 'text', value: 'a\nb' },
  { type: 'count', value: 1.5 },
  { type: 'decimal', value: Number.NaN },
] as const)('bind() refuses %o', (parameter) => {
  expect(() => bind('select :x', { x: parameter })).toThrow(ConfigurationError);
});
