import { SqlText } from './sql-text.ts';
import { type Token, tokensOf } from './tokens.ts';

/**
 * The functions that gave the same values on Trino 476 and DuckDB 1.5.5 in every probe, in the forms
 * that `formFaults` asks for. One more belongs here only after it was compared on both, with nulls,
 * ties, negative numbers and text that is not ASCII.
 *
 * Left out on purpose: avg and the other statistics of doubles (add decimals, divide once at the
 * end), greatest, least and concat (NULL differs), try_cast (leniency differs; text is parsed at
 * ingestion), extract (day of the week differs), trim and regexp_replace (blanks and groups differ),
 * max_by and min_by (NULL and ties differ), count_if (NULL over no rows on DuckDB, 0 on Trino: count
 * with filter, or of a case), approximate aggregates, anything of the clock.
 */
const allowedFunctions: ReadonlySet<string> = new Set([
  // aggregates
  ...['array_agg', 'bool_and', 'bool_or', 'count', 'max', 'min', 'sum'],
  // windows
  ...['cume_dist', 'dense_rank', 'lag', 'lead', 'ntile', 'percent_rank', 'rank', 'row_number'],
  // dates
  ...['date_diff', 'date_trunc', 'day', 'hour', 'minute', 'month', 'quarter', 'week', 'year'],
  // text
  ...['chr', 'concat_ws', 'length', 'lower', 'lpad', 'ltrim', 'position', 'regexp_extract'],
  ...[
    'replace',
    'reverse',
    'rpad',
    'rtrim',
    'split',
    'split_part',
    'starts_with',
    'strpos',
    'substr',
  ],
  // levenshtein_distance: of ASCII alone
  ...['levenshtein_distance', 'translate', 'upper', 'to_hex', 'sha256', 'to_utf8'],
  // numbers
  // sqrt gave the same in every row that was compared; of less than 0 it is an error on one engine
  ...['abs', 'ceil', 'exp', 'floor', 'mod', 'power', 'round', 'sign', 'sqrt'],
  // any type
  ...['cast', 'coalesce', 'grouping', 'nullif', 'unnest'],
]);

/** Words that stand before a parenthesis and are no function. */
const keywordsBeforeParenthesis: ReadonlySet<string> = new Set([
  ...['all', 'and', 'as', 'by', 'case', 'cube', 'distinct', 'else', 'except', 'exists', 'filter'],
  ...['from', 'having', 'in', 'intersect', 'join', 'not', 'on', 'or', 'over', 'rollup', 'select'],
  ...['sets', 'then', 'union', 'using', 'values', 'when', 'where', 'array', 'between', 'like'],
]);

const allowedSigns: ReadonlySet<string> = new Set([
  ...['+', '-', '*', '/', '||', '=', '<>', '<', '<=', '>', '>='],
  ...['(', ')', '[', ']', ',', '.'],
]);

const allowedTypes: ReadonlySet<string> = new Set([
  ...['varchar', 'bigint', 'double', 'date', 'boolean'],
  ...['decimal(18,4)', 'decimal(38,4)', 'timestamp(3)', 'timestamp with time zone'],
]);

/** Words that one engine lacks, or that mean another row or value on each. */
const refusedWords: ReadonlyMap<string, string> = new Map([
  ['qualify', 'DuckDB only: filter on row_number() in the next step'],
  ['ilike', 'DuckDB only: lower(x) like …'],
  ['exclude', 'DuckDB only: name the columns'],
  ['materialized', 'DuckDB only'],
  ['pivot', 'DuckDB only'],
  ['unpivot', 'DuckDB only'],
  ['natural', 'not on Trino'],
  ['symmetric', 'not on Trino'],
  ['recursive', 'ends after 10 rounds on Trino: a step that says until'],
  ['tablesample', 'random'],
  ['limit', 'other rows on each engine: filter on row_number() over a unique key'],
  ['offset', 'other rows on each engine: filter on row_number() over a unique key'],
  ['fetch', 'other rows on each engine: filter on row_number() over a unique key'],
  ['current_date', 'the clock: :as_of'],
  ['current_time', 'the clock: :as_of'],
  ['current_timestamp', 'the clock: :as_of'],
  ['localtime', 'the clock: :as_of'],
  ['localtimestamp', 'the clock: :as_of'],
  ['ignore', 'IGNORE NULLS stands in another place on each engine'],
  ['respect', 'RESPECT NULLS stands in another place on each engine'],
  ['listagg', 'not on DuckDB'],
]);

export interface Fault {
  readonly line: number;
  readonly says: string;
}

/** What in a SELECT is outside the list, each with its line. */
export function dialectFaults(sql: string): readonly Fault[] {
  const text = new SqlText(tokensOf(sql));
  return text.tokens
    .flatMap((token, at) => [
      ...wordFaults(text, token, at),
      ...typeFaults(text, at),
      ...formFaults(text, at),
    ])
    .map(({ says, at }) => ({ says, line: text.tokens[at]?.line ?? 0 }));
}

interface FaultAt {
  readonly says: string;
  readonly at: number;
}

function wordFaults(text: SqlText, token: Token, at: number): FaultAt[] {
  if (token.kind === 'sign' && !allowedSigns.has(token.text)) {
    return [{ at, says: `the sign ${token.text} is not in the allow-list` }];
  }
  if (token.kind === 'number' && /[eE]/.test(token.text) && !/^\d+(\.\d+)?e\d+$/.test(token.text)) {
    return [{ at, says: `the number ${token.text} must look like 1e0` }];
  }
  if (token.kind !== 'word') return [];
  if (token.text !== token.text.toLowerCase()) {
    return [{ at, says: `${token.text} must be in lower case` }];
  }
  const refusal = refusedWords.get(token.text);
  if (refusal !== undefined && !text.is(at - 1, '.')) {
    return [{ at, says: `${token.text} is refused: ${refusal}` }];
  }
  if (!text.is(at + 1, '(') || keywordsBeforeParenthesis.has(token.text)) return [];
  // `as name (columns)`, `with name (columns)` and the types behind `as` are no functions.
  if (text.is(at - 1, 'as') || text.is(at - 1, 'with')) return [];
  if (allowedFunctions.has(token.text)) return [];
  return [{ at, says: `the function ${token.text}() is not in the allow-list` }];
}

function typeFaults(text: SqlText, at: number): FaultAt[] {
  if (!text.is(at, 'cast') || !text.is(at + 1, '(')) return [];
  const type = text.typeOfCast(at);
  // Only the way back from a time zone needs a timestamp without a precision.
  if (type === 'timestamp' && text.group(at + 1).some(({ text: word }) => word === 'zone'))
    return [];
  if (allowedTypes.has(type)) return [];
  // The binder writes a decimal with all its digits: exact on both engines.
  if (/^decimal\(\d+,\d+\)$/.test(type) && text.tokens[at + 2]?.text.startsWith("'")) return [];
  return [{ at, says: `the type ${type} is not in the allow-list` }];
}

const checks: Readonly<Record<string, (text: SqlText, at: number) => string | null>> = {
  date_diff: (text, at) =>
    text.is(at + 2, "'day'") ? null : "only date_diff('day', …) of two dates is the same",
  date_trunc: (text, at) => {
    if (!/^'(month|quarter|year|week)'$/.test(text.word(at + 2))) {
      return 'date_trunc() is compared for month, quarter, year and week only';
    }
    return text.isWithinCastTo(at, 'date')
      ? null
      : 'date_trunc() is a timestamp on one engine: cast(… as date)';
  },
  interval: (text, at) => {
    if (text.tokens[at + 1]?.kind !== 'text') return "an interval is written interval '1' month";
    return text.isWithinCastTo(at, 'date')
      ? null
      : 'a date plus an interval is a timestamp on one engine: cast(… as date)';
  },
  substr: (text, at) =>
    text.arguments(at + 1)[1]?.[0]?.text === '0' ? 'substr() counts from 1' : null,
  split_part: (text, at) =>
    text.is(at - 2, 'nullif') ? null : "must be nullif(split_part(…), ''): absent parts differ",
  regexp_extract: (text, at) =>
    text.is(at - 2, 'nullif') || text.is(at - 2, 'coalesce')
      ? null
      : "must be nullif(regexp_extract(…), ''): no match differs",
  array_agg: (text, at) =>
    text.group(at + 1).some(({ text: word }) => word === 'order')
      ? null
      : 'array_agg() needs its order by',
  sum: (text, at) =>
    text.is(at + 2, 'cast') && text.typeOfCast(at + 2) === 'double'
      ? 'sums of doubles differ between engines: add decimals, divide once at the end'
      : null,
  replace: (text, at) =>
    text.arguments(at + 1).length === 3 ? null : 'replace() needs three arguments',
  to_utf8: (text, at) =>
    text.is(at - 2, 'sha256') ? null : 'only lower(to_hex(sha256(to_utf8(…)))) is the same',
  sha256: (text, at) =>
    text.is(at - 2, 'to_hex') && text.is(at + 2, 'to_utf8')
      ? null
      : 'only lower(to_hex(sha256(to_utf8(…)))) is the same',
  to_hex: (text, at) =>
    text.is(at - 2, 'lower') && text.is(at + 2, 'sha256')
      ? null
      : 'only lower(to_hex(sha256(to_utf8(…)))) is the same',
  row_number: needsOrder,
  rank: needsOrder,
  dense_rank: needsOrder,
  percent_rank: needsOrder,
  cume_dist: needsOrder,
  ntile: needsOrder,
  lag: needsOrder,
  lead: needsOrder,
  values: (text, at) => (text.is(at + 1, '(') ? null : 'values 1, 2 is written values (1), (2)'),
  is: (text, at) => {
    const next = text.is(at + 1, 'not') ? at + 2 : at + 1;
    return text.is(next, 'null') || text.is(next, 'distinct')
      ? null
      : 'is true and is false are not on Trino';
  },
  '/': (text, at) => {
    const divisor = text.tokens[at + 1];
    if (text.is(at + 1, 'nullif')) return null;
    return divisor?.kind === 'number' && Number(divisor.text) !== 0
      ? null
      : 'x / 0 differs: x / nullif(y, 0), or a number';
  },
  zone: (text, at) => {
    if (!text.is(at - 1, 'time') || !text.is(at - 2, 'at')) return null;
    const before = text.tokens[at - 3];
    const opens = before?.text === ')' ? text.opening(at - 3) : -1;
    return opens > 0 &&
      text.is(opens - 1, 'cast') &&
      text.typeOfCast(opens - 1) === 'timestamp with time zone'
      ? null
      : 'at time zone is the same only behind cast(… as timestamp with time zone)';
  },
};

function needsOrder(text: SqlText, at: number): string | null {
  const over = text.closing(at + 1) + 1;
  return text.is(over, 'over') && text.group(over + 1).some(({ text: word }) => word === 'order')
    ? null
    : `${text.word(at)}() needs over (… order by …)`;
}

function formFaults(text: SqlText, at: number): FaultAt[] {
  const { kind, text: word } = text.tokens[at] as Token;
  if ((kind !== 'word' && kind !== 'sign') || text.is(at - 1, '.')) return [];
  // A name like a function's, without its parenthesis, is a column; so is one behind `as`.
  const isForm = ['interval', 'values', 'is', '/', 'zone'].includes(word);
  if (!isForm && (!text.is(at + 1, '(') || text.is(at - 1, 'as'))) return [];
  const says = Object.hasOwn(checks, word) ? checks[word]?.(text, at) : null;
  return says == null ? [] : [{ at, says }];
}
