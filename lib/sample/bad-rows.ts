/**
 * Rows with one defect each, as exports have them. Their count is part of the sample's promise:
 * exactly these rows are refused, and everything else loads.
 */
export interface BadRow {
  /** The file it stands in. */
  readonly key: string;
  /** The rule that refuses it. */
  readonly rule: string;
  readonly record: string;
}

const webOrders = 'drop/orders/web/orders-2024.csv';
const webCustomers = 'drop/customers/web/customers.csv';
const storeSales = 'drop/orders/store/kasse-2025.csv.gz';

export const badRows: readonly BadRow[] = [
  {
    key: webOrders,
    // Date that does not exist.
    rule: 'impossible_date',
    record:
      'W2024-900001,1,2024-02-30T10:00:00Z,C000002,,web,EUR,P101,1,4.70,0.00,4.70,4.90,0.94,completed,2024-03-01T10:00:00Z\n',
  },
  {
    key: webOrders,
    // Number in words.
    rule: 'not_a_number',
    record:
      'W2024-900002,1,2024-05-14T10:00:00Z,C000002,,web,EUR,P101,two,4.70,0.00,9.40,4.90,1.88,completed,2024-05-15T10:00:00Z\n',
  },
  {
    key: webOrders,
    // Neither amount nor price.
    rule: 'amount_missing',
    record:
      'W2024-900003,1,2024-05-15T10:00:00Z,C000002,,web,EUR,P101,1,,0.00,,4.90,,completed,2024-05-16T10:00:00Z\n',
  },
  {
    key: webOrders,
    // Negative unit price.
    rule: 'negative_price',
    record:
      'W2024-900004,1,2024-05-16T10:00:00Z,C000002,,web,EUR,P101,1,-4.70,0.00,-4.70,4.90,-0.94,completed,2024-05-17T10:00:00Z\n',
  },
  {
    key: webOrders,
    // Ragged row.
    rule: 'ragged_record',
    record: 'W2024-900005,1,2024-05-17T10:00:00Z,C000002,,web,EUR,P101,1\n',
  },
  {
    key: storeSales,
    // No date.
    rule: 'required',
    record: ';Köln Südstadt;K25/900001;;P101;1;4,90;0,00;4,90\r\n',
  },
  {
    key: storeSales,
    // Decimal point in a decimal-comma file.
    rule: 'thousands_separator',
    record: '13.05.2025;Köln Südstadt;K25/900002;;P101;1;4.90;0,00;4,90\r\n',
  },
  {
    key: webCustomers,
    // A word where the change of the record should be dated.
    rule: 'unknown_date_format',
    record:
      'C900001,nobody@example.com,,Otto,Eggcup,,1 Teeweg,50667,Köln,DE,2024-05-14T06:00:00Z,organic,,true,false,false,last week,\n',
  },
  {
    key: webCustomers,
    // Neither number nor address.
    rule: 'no_reference',
    record:
      ',,,Otto,Eggcup,,1 Teeweg,50667,Köln,DE,2024-05-14T06:00:00Z,organic,,true,false,false,2024-05-14T07:00:00Z,\n',
  },
];

/** The records of a file with its bad ones in their midst, where good ones follow them. */
export function withBadRecords(key: string, records: readonly string[]): string {
  const bad = badRows.filter((row) => row.key === key).map((row) => row.record);
  const middle = Math.floor(records.length / 2);
  return [...records.slice(0, middle), ...bad, ...records.slice(middle)].join('');
}
