import type { FieldKind, Reading } from '../../feeds/field.ts';

/** Texts of one column and the kind they are meant to be. */
export interface ColumnTexts {
  readonly kind: FieldKind;
  readonly texts: readonly string[];
}

const days = ['DD/MM/YYYY', 'MM/DD/YYYY', 'D/M/YYYY', 'M/D/YYYY', 'DD.MM.YYYY', 'D.M.YYYY'];
const otherDays = ['DD-MM-YYYY', 'MM-DD-YYYY', 'D-MMM-YYYY', 'YYYY/MM/DD', 'YYYYMMDD'];
const times = ['', ' HH:mm', ' HH:mm:ss', ' H:mm', ' H:mm:ss', ' h:mm A', ' h:mm:ss A'];

/** Forms of dates that exports use, the default first. */
export const usualDates: readonly Partial<Reading>[] = [
  { dateFormats: ['ISO'] },
  ...times.flatMap((time) =>
    [...days, ...otherDays].map((day) => ({ dateFormats: [`${day}${time}`] })),
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
  const byMeaning = new Map<string, Partial<Reading>>();
  for (const way of ways) {
    const values = columns.map(({ kind, texts }) => {
      const schema = kind.schema({ ...reading, ...way });
      return texts.map((text) => schema.safeParse(text));
    });
    if (!values.flat().every(({ success }) => success)) continue;
    const meaning = JSON.stringify(values.flat().map(({ data }) => data));
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, way);
  }
  return [...byMeaning.values()];
}
