import { cleanText } from '../../feeds/clean.ts';
import { isEmptyWord } from '../../feeds/empty-words.ts';

/** A column of a file as it stands; null where a field is empty or its word means nothing. */
export interface SheetColumn {
  readonly header: string;
  readonly texts: readonly (string | null)[];
}

/** The first records of a file. */
export interface Sheet {
  /** Columns with a name of their own, in the file's order. */
  readonly columns: readonly SheetColumn[];
  readonly rows: number;
  /** What the first field of lines below the records says: of a sum, of the report's end. */
  readonly footers: readonly { readonly header: string; readonly text: string }[];
}

const footerWords =
  /^(total|totals|sum|summe|gesamt|gesamtsumme|somme|totaux|grand total|subtotal|zwischensumme|end|record|records|seller id|report)\b/i;
const lastRows = 5;
/** Records of as many fields have more than one of them filled. */
const fewestFields = 3;

/** Records as a sheet; fields by position, as many as there are headers. */
export function sheetOf(
  headers: readonly string[],
  records: readonly (readonly (string | null)[])[],
): Sheet {
  const cleaned = records.map((fields) =>
    fields.map((text) => {
      const found = text === null ? null : cleanText(text);
      return found === null || isEmptyWord(found, 'usual') ? null : found;
    }),
  );
  const end = endOfRecords(cleaned);
  const kept = cleaned.slice(0, end);
  const footers = cleaned.slice(end).flatMap((fields) => {
    const at = fields.findIndex((text) => text !== null);
    return at === -1 ? [] : [{ header: headers[at] as string, text: fields[at] as string }];
  });
  const isOwn = (header: string, i: number) =>
    header !== '' && headers.indexOf(header) === i && headers.lastIndexOf(header) === i;
  return {
    columns: headers.flatMap((header, i) =>
      isOwn(header, i) ? [{ header, texts: kept.map((fields) => fields[i] ?? null) }] : [],
    ),
    rows: kept.length,
    footers: footers.filter(
      ({ header, text }) => isOwn(header, headers.indexOf(header)) && text !== '',
    ),
  };
}

/** Lines at the end that hold one field alone, or begin with a word of sums and are emptier than others. */
function endOfRecords(rows: readonly (readonly (string | null)[])[]): number {
  const filled = (row: readonly (string | null)[]) => row.filter((text) => text !== null).length;
  const usual = filled(rows[0] ?? []);
  let end = rows.length;
  for (let at = rows.length - 1; at >= Math.max(1, rows.length - lastRows); at -= 1) {
    const row = rows[at] as readonly (string | null)[];
    const first = row.find((text) => text !== null);
    const isAlone = filled(row) <= 1 && usual >= fewestFields;
    const isSum = first !== undefined && footerWords.test(first) && filled(row) < usual;
    if (!isAlone && !isSum) break;
    end = at;
  }
  return end;
}
