import type { FieldKind, Reading } from '../../feeds/field.ts';

/** Texts of one column and the kind they are meant to be. */
export interface ColumnTexts {
  readonly kind: FieldKind;
  readonly texts: readonly string[];
}

const days = ['DD/MM/YYYY', 'MM/DD/YYYY', 'D/M/YYYY', 'M/D/YYYY', 'DD.MM.YYYY', 'D.M.YYYY'];
const otherDays = ['DD-MM-YYYY', 'MM-DD-YYYY', 'D-M-YYYY', 'M-D-YYYY', 'YYYY/MM/DD', 'YYYY/M/D'];
const plainDays = ['YYYYMMDD', 'YYYY.MM.DD'];
const shortDays = ['D/M/YY', 'M/D/YY', 'D.M.YY', 'M.D.YY', 'D-M-YY', 'M-D-YY'];
const namedDays = ['D-MMM-YYYY', 'D MMM YYYY', 'MMM D, YYYY', 'MMM D YYYY', 'D/MMM/YYYY'];
const shortNamedDays = ['D-MMM-YY', 'MMM-D-YY', 'D MMM YY', 'MMM-D-YYYY'];
const longNamedDays = ['MMMM D, YYYY', 'D MMMM YYYY'];
const times = [
  '',
  ' HH:mm',
  ' HH:mm:ss',
  ' H:mm',
  ' H:mm:ss',
  ' h:mm A',
  ' h:mm:ss A',
  ', HH:mm',
  ', HH:mm:ss',
  ', h:mm A',
  ', h:mm:ss A',
];

/** Forms of dates that exports use, the default first. */
export const usualDates: readonly Partial<Reading>[] = [
  { dateFormats: ['ISO'] },
  ...times.flatMap((time) =>
    [
      ...days,
      ...otherDays,
      ...plainDays,
      ...shortDays,
      ...namedDays,
      ...shortNamedDays,
      ...longNamedDays,
    ].map((day) => ({ dateFormats: [`${day}${time}`] })),
  ),
];

/** Signs of numbers that exports use, the default first. */
export const usualNumbers: readonly Partial<Reading>[] = [
  { decimal: '.', thousands: '' },
  { decimal: ',', thousands: '' },
  { decimal: '.', thousands: ',' },
  { decimal: ',', thousands: '.' },
  { decimal: ',', thousands: ' ' },
  { decimal: '.', thousands: ' ' },
  { decimal: '.', thousands: "'" },
];

/**
 * Those of some ways to read that read every text, as the contract would; of ways that understand
 * all texts alike the first alone. None where there is no text.
 */
export function waysThatRead(
  columns: readonly ColumnTexts[],
  ways: readonly Partial<Reading>[],
  reading: Reading,
): readonly Partial<Reading>[] {
  if (columns.every(({ texts }) => texts.length === 0)) return [];
  const distinct = columns.map(({ kind, texts }) => ({ kind, texts: [...new Set(texts)] }));
  const byMeaning = new Map<string, Partial<Reading>>();
  for (const way of ways) {
    const meaning = meaningOf(distinct, { ...reading, ...way });
    if (meaning !== null && !byMeaning.has(meaning)) byMeaning.set(meaning, way);
  }
  return [...byMeaning.values()];
}

/** What the texts mean, null where one cannot be read. */
function meaningOf(columns: readonly ColumnTexts[], reading: Reading): string | null {
  const values: unknown[] = [];
  for (const { kind, texts } of columns) {
    const schema = kind.schema(reading);
    for (const text of texts) {
      const { success, data } = schema.safeParse(text);
      if (!success) return null;
      values.push(data);
    }
  }
  return JSON.stringify(values);
}
