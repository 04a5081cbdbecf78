import { gzipSync } from 'node:zlib';

/** A file that real life or malice drops, and what must become of it. */
export interface HostileFile {
  readonly name: string;
  /** Key below `drop/`. */
  readonly key: string;
  readonly content: () => Buffer | string;
  /**
   * read: all records are accepted. row: good records are accepted, the others refused by these
   * rules. value: all are accepted, one without the value that the rule drops. file: nothing is loaded.
   */
  readonly verdict:
    | { readonly read: number }
    | { readonly row: readonly string[]; readonly accepted: number }
    | { readonly value: string; readonly accepted: number }
    | { readonly file: string };
}

const header = 'order_id,ordered_at,customer_id,amount\n';
const good = '1,2026-01-05,C1,10.00\n2,2026-01-06,C2,20.00\n3,2026-01-07,C3,30.00\n';
const many = Array.from({ length: 50 }, (_, i) => `${i},2026-01-05,"C ${i}",5.00\n`).join('');

function row(name: string, record: string, rule: string): HostileFile {
  return {
    name,
    key: `orders/${slug(name)}.csv`,
    content: () => header + good + record + good,
    verdict: { row: [rule], accepted: 6 },
  };
}

function value(name: string, record: string, rule: string): HostileFile {
  return { ...row(name, record, rule), verdict: { value: rule, accepted: 7 } };
}

/** An amount as it stands in a file that the contract reads. */
function amount(text: string, rule: string): HostileFile {
  return row(`amount ${text}`, `9,2026-01-05,C9,"${text}"\n`, rule);
}

function day(text: string, rule: string): HostileFile {
  return row(`date ${text}`, `9,${text},C9,5.00\n`, rule);
}

function file(
  name: string,
  content: () => Buffer | string,
  rule: string,
  key?: string,
): HostileFile {
  return { name, key: key ?? `orders/${slug(name)}.csv`, content, verdict: { file: rule } };
}

function read(
  name: string,
  content: () => Buffer | string,
  records: number,
  key?: string,
): HostileFile {
  return { name, key: key ?? `orders/${slug(name)}.csv`, content, verdict: { read: records } };
}

function slug(name: string): string {
  return encodeURIComponent(name).replace(/[^A-Za-z0-9]+/g, '-');
}

function latin1(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function line(amountText: string): string {
  return `{"order_id":"1","ordered_at":"2026-01-05","customer_id":"C1","amount":${amountText}}\n`;
}

export const hostileFiles: readonly HostileFile[] = [
  file('corrupted header', () => header.replace('amount', 'amo\u0000unt') + good, 'nul_byte'),
  file(
    'misspelt header',
    () => header.replace('customer_id', 'costumer_id') + good,
    'unknown_header',
  ),
  file('no header', () => good, 'unknown_header'),
  read('header only', () => header, 0),
  file('empty', () => '', 'empty_file'),
  file('blank lines alone', () => '\n\r\n\n', 'empty_file'),
  file(
    'binary',
    () => Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256)),
    'nul_byte',
  ),
  file(
    'workbook',
    () => Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(64)]),
    'not_text',
  ),
  file(
    'unclosed quote in the first record',
    () => `${header}0,2026-01-05,"C0,5.00\n${many}`,
    'misplaced_quote',
  ),
  file(
    'unclosed quote in the middle',
    () => `${header}${many}0,2026-01-05,"C0,5.00\n${many}`,
    'misplaced_quote',
  ),
  file(
    'unclosed quote in the last record',
    () => `${header}${many}0,2026-01-05,"C0,5.00\n`,
    'unclosed_quote',
  ),
  file(
    'unclosed quote before records of the same shape',
    () => `${header}0,2026-01-05,"C0,5.00\n${good}1,2026-01-05,",",5.00\n`,
    'unclosed_quote',
  ),
  file(
    'undeclared latin1',
    () => latin1(`${header}${good}4,2026-01-05,Jos\u00e9,5.00\n`),
    'wrong_encoding',
  ),
  read('UTF-16 with a mark', () => Buffer.from(`\ufeff${header}${good}`, 'utf16le'), 3),
  file('UTF-16 without a mark', () => Buffer.from(header + good, 'utf16le'), 'nul_byte'),
  file('NUL', () => `${header}${good}4,2026-01-05,C\u00004,5.00\n`, 'nul_byte'),
  read('UTF-8 with a byte order mark', () => `\ufeff${header}${good}`, 3),
  read(
    'mixed line ends',
    () => `${header}${good.replaceAll('\n', '\r\n')}${good}${good.replaceAll('\n', '\r')}`,
    9,
  ),
  read('no line end at the end', () => header + good.trimEnd(), 3),
  file('duplicate headers', () => header.replace('order_id', 'amount') + good, 'repeated_header'),
  file('__proto__ header', () => header.replace('order_id', '__proto__') + good, 'unknown_header'),
  read(
    'a line end and a delimiter inside of quotes',
    () => `channel,ordered_at,customer_id,amount\n"a,\r\nb",2026-01-05,C1,5.00\n`,
    1,
  ),
  read(
    'a quote inside of a field without quotes',
    () =>
      `channel,ordered_at,customer_id,amount\n12" vinyl,2026-01-05,C1,5.00\n"12"" vinyl",2026-01-05,C1,5.00\n`,
    2,
  ),
  row('too few fields', '9,2026-01-05,C9\n', 'ragged_record'),
  row('too many fields', '9,2026-01-05,C9,5.00,\n', 'ragged_record'),
  file(
    'a line of 64 MB',
    () => `${header}${good}4,2026-01-05,${'x'.repeat(64 * 2 ** 20)},5.00\n`,
    'oversize_record',
  ),
  file('a first line of 64 MB', () => 'x'.repeat(64 * 2 ** 20), 'oversize_record'),
  file(
    'truncated gzip',
    () => gzipSync(header + many.repeat(100)).subarray(0, 500),
    'truncated_gzip',
    'orders/truncated.csv.gz',
  ),
  file(
    'damaged gzip',
    () => damaged(gzipSync(header + many.repeat(100))),
    'truncated_gzip',
    'orders/damaged.csv.gz',
  ),
  file('gzip with the wrong name', () => gzipSync(header + good), 'not_text'),
  file('plain text named gzip', () => header + good, 'truncated_gzip', 'orders/plain.csv.gz'),
  file(
    'gzip bomb',
    () => gzipSync(Buffer.alloc(256 * 2 ** 20, 'a')),
    'inflates_too_much',
    'orders/bomb.csv.gz',
  ),
  file(
    'corrupt Parquet',
    () => Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(1000, 7), Buffer.from('PAR1')]),
    'damaged_parquet',
    'orders/corrupt.parquet',
  ),
  file('text named Parquet', () => header + good, 'damaged_parquet', 'orders/text.parquet'),
  {
    name: 'JSONL with a broken line',
    key: 'orders/broken.jsonl',
    content: () => `${line('5')}{"order_id":"2",\n${line('"6.00"')}[1]\n`,
    verdict: { row: ['not_json', 'not_an_object'], accepted: 2 },
  },
  {
    name: 'JSONL with a name twice and a name that is unknown',
    key: 'orders/names.jsonl',
    content: () =>
      `${line('5')}${line('5,"amount":7')}${line('5').repeat(1000)}${line('5,"chanel":"web"')}`,
    verdict: { row: ['repeated_name', 'unknown_field'], accepted: 1001 },
  },
  read(
    'an integer above 2^53 in JSONL',
    () => line('900719925.9301').replace('"C1"', '12345678901234567890'),
    1,
    'orders/integers.jsonl',
  ),
  file('JSONL without an object', () => 'hello\nworld\n', 'no_objects', 'orders/none.jsonl'),
  row('spreadsheet damage in a number', '9,2026-01-05,C9,3.36E+10\n', 'scientific_notation'),
  value(
    'spreadsheet damage in an identifier',
    '9,2026-01-05,3.36E+10,5.00\n',
    'scientific_notation',
  ),
  row('spreadsheet damage in a code', '1-Jan,2026-01-05,C9,5.00\n', 'spreadsheet_date'),
  amount('1.234,56', 'thousands_separator'),
  amount('1,234.56', 'thousands_separator'),
  amount('(5,00)', 'thousands_separator'),
  amount('90071992547409.9301', 'implausible_amount'),
  amount('99999999999999999999', 'implausible_amount'),
  amount('€5', 'currency_symbol'),
  amount('five', 'not_a_number'),
  day('05/01/2026', 'ambiguous_date'),
  day('2026-02-29', 'impossible_date'),
  day('0000-00-00', 'impossible_date'),
  day('9999-12-31', 'implausible_date'),
  day('5th of May', 'unknown_date_format'),
  day('2027-01-05', 'in_the_future'),
  {
    name: 'negative unit price',
    key: 'orders/price.csv',
    content: () =>
      'ordered_at,customer_id,quantity,unit_price\n2026-01-05,C1,1,-5\n2026-01-05,C1,-1,5\n',
    verdict: { row: ['negative_price'], accepted: 1 },
  },
  value('formula cell', '9,2026-01-05,"=HYPERLINK(""http://x"")",5.00\n', 'formula_cell'),
  read(
    'a plus or minus sign before an identifier',
    () => `${header}9,2026-01-05,+C9,5.00\n9,2026-01-05,-C9,5.00\n9,2026-01-05,@C9,5.00\n`,
    3,
  ),
  read(
    'bidi and zero-width characters around and inside',
    () => `${header}9,2026-01-05,\u200bC\u202e9\u2069,5.00\n9,\ufeff2026-01-05,C9,\u200e5.00\n`,
    2,
  ),
  value(
    'a zero-width joiner in an identifier',
    '9,2026-01-05,C\u200d9,5.00\n',
    'invisible_character',
  ),
];

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.fill(0x55, 30, 60);
  return copy;
}
