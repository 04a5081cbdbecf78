import { ConfigurationError } from '../errors.ts';

/** A value that a text may name as `:name`, and the SQL type its literal has. */
export type Parameter =
  | { readonly type: 'text'; readonly value: string }
  | { readonly type: 'date'; readonly value: string }
  | { readonly type: 'count'; readonly value: number }
  /** With all its digits; null where a setting has no value. */
  | { readonly type: 'decimal'; readonly value: number | null }
  /** A list for `in (:name)`. */
  | { readonly type: 'texts'; readonly value: readonly string[] }
  /** Rows of so many texts, for `from (:name) as t (…)`; none is one row of NULL, which joins nothing. */
  | {
      readonly type: 'rows';
      readonly width: number;
      readonly value: readonly (readonly string[])[];
    };

export type Parameters = Readonly<Record<string, Parameter>>;

/** Comments, quoted text and quoted names are passed over; `::` is no part of the dialect. */
const tokens = /--[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|:([a-z_][a-z0-9_]*)/g;

/**
 * Puts typed literals in the place of every `:name` of a text: the only way a value gets into SQL,
 * the same for both engines (Athena takes `?` in WHERE only).
 * Fails with a ConfigurationError when a name has no value.
 */
export function bind(text: string, parameters: Parameters): string {
  return text.replaceAll(tokens, (token: string, name: string | undefined) => {
    if (name === undefined) return token;
    const parameter = parameters[name];
    if (parameter === undefined) {
      throw new ConfigurationError(
        `Cannot bind :${name}: one of ${Object.keys(parameters).join(', ')} is required.`,
      );
    }
    return literal(name, parameter);
  });
}

/**
 * The literal of a typed value, checked against its form.
 * Fails with a ConfigurationError when the value is not of its type.
 */
function literal(name: string, parameter: Parameter): string {
  const { type, value } = parameter;
  switch (type) {
    case 'text':
      return textLiteral(name, value);
    case 'texts':
      return value.length === 0
        ? nullText
        : value.map((text) => textLiteral(name, text)).join(', ');
    case 'rows':
      return `values ${rowLiterals(name, parameter)}`;
    case 'date':
      if (!/^\d{4}-\d\d-\d\d$/.test(value)) return refuse(name, 'a date YYYY-MM-DD');
      return `date '${value}'`;
    case 'count':
      if (!Number.isSafeInteger(value)) return refuse(name, 'a whole number');
      return `cast(${value} as bigint)`;
    case 'decimal':
      return value === null ? 'cast(null as decimal(18,4))' : decimalLiteral(name, value);
  }
}

/** At least four digits behind the point, and as many as the number has. */
function decimalLiteral(name: string, value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e14) return refuse(name, 'a decimal');
  const [digits = '', exponent = '0'] = String(value).split('e');
  const scale = Math.max(4, (digits.split('.')[1] ?? '').length - Number(exponent));
  if (scale > 24) return refuse(name, 'a decimal of at most 24 digits behind the point');
  const precision = scale > 17 ? 38 : 18;
  return `cast('${value.toFixed(scale)}' as decimal(${precision},${scale}))`;
}

const nullText = 'cast(null as varchar)';

function textLiteral(name: string, value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (/[\u0000-\u001f]/.test(value)) return refuse(name, 'text without control characters');
  return `'${value.replaceAll("'", "''")}'`;
}

function rowLiterals(
  name: string,
  { width, value }: Extract<Parameter, { readonly type: 'rows' }>,
): string {
  if (value.length === 0) return `(${Array(width).fill(nullText).join(', ')})`;
  const rows = value.map((row) =>
    row.length === width
      ? row.map((text) => textLiteral(name, text)).join(', ')
      : refuse(name, `${width} texts a row`),
  );
  return rows.map((row) => `(${row})`).join(', ');
}

function refuse(name: string, requirement: string): never {
  throw new ConfigurationError(`Cannot bind :${name}: ${requirement} is required.`);
}
