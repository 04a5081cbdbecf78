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

test.each([
  [0.1, "cast('0.1000' as decimal(18,4))"],
  [0.123456, "cast('0.123456' as decimal(18,6))"],
  [1e-7, "cast('0.0000001' as decimal(18,7))"],
  [-12.5, "cast('-12.5000' as decimal(18,4))"],
  [0.9534625892455924, "cast('0.9534625892455924' as decimal(18,16))"],
  [99999999999999, "cast('99999999999999.0000' as decimal(18,4))"],
  [1.5e-20, "cast('0.000000000000000000015' as decimal(38,21))"],
  [null, 'cast(null as decimal(18,4))'],
])('bind() writes the decimal %d with all its digits', (value, literal) => {
  expect(bind(':x', { x: { type: 'decimal', value } })).toBe(literal);
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
