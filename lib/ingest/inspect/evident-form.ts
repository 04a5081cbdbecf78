import type { FeedMapping } from '../../feeds/mapping.ts';
import type { FormatName } from '../formats/all.ts';
import type { Header, HeadersFor } from '../formats/header.ts';
import { evidentEncoding, utf8Text } from '../formats/utf8-text.ts';
import { RefusedFile } from '../refused-file.ts';
import { looksLikeData } from '../resolve-mapping.ts';

/** A content as UTF-8 text, and the encoding that a mapping must name for it; null: none. */
export interface EvidentText {
  readonly path: string;
  readonly encoding: 'windows-1252' | null;
}

/** What is no UTF-8 and has no mark of another encoding is read as an old Windows program wrote it. */
export async function evidentText(path: string, format: FormatName): Promise<EvidentText> {
  if (format === 'parquet') return { path, encoding: null };
  const encoding = await evidentEncoding(path);
  const text = await utf8Text(path, encoding);
  return { path: text.path, encoding: encoding === 'windows-1252' ? encoding : null };
}

/** Lines that may stand above a header. */
const mostAbove = 20;
/** Names without which a line is no header. */
const fewestNames = 3;

/** How many lines stand above the header: those before the first that names all of many columns. */
export function linesAbove(headersFor: HeadersFor, mapping: FeedMapping): number {
  const filled = ({ names }: Header) => names.filter((name) => name !== '').length;
  const best = (lines: number) =>
    headersOf(headersFor, { ...mapping, skip_lines: lines })
      .filter((header) => !looksLikeData(header))
      .reduce(
        (most, header) =>
          Math.max(most, filled(header) === header.names.length ? filled(header) : 0),
        0,
      );
  const first = headersOf(headersFor, mapping);
  const isHeader = first.some(
    (header) => filled(header) > header.names.length / 2 && filled(header) > 1,
  );
  if (isHeader) return 0;
  for (let lines = 1; lines <= mostAbove; lines += 1) if (best(lines) >= fewestNames) return lines;
  return 0;
}

function headersOf(headersFor: HeadersFor, mapping: FeedMapping): readonly Header[] {
  try {
    return headersFor(mapping);
  } catch (error) {
    if (error instanceof RefusedFile) return [];
    throw error;
  }
}
