import { cleanText } from '../../../feeds/clean.ts';
import { readFileHead } from '../file-head.ts';
import type { Header } from '../header.ts';
import { utf8Text } from '../utf8-text.ts';
import { splitRecord } from './csv-fields.ts';

const headBytes = 2 ** 18;
const lines = 200;

/**
 * Texts of the first records of a CSV by header, cleaned, none of them empty: to suggest from, not
 * to check. A record over several lines, or of another number of fields, is left out.
 */
export async function csvSamples(
  path: string,
  { names, dialect, ends }: Header,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const text = await utf8Text(path, 'utf-8');
  const head = await readFileHead(text.path, headBytes);
  const records = head.bytes
    .subarray(ends)
    .toString('utf8')
    .split(/[\r\n]+/)
    .slice(0, head.isWhole ? lines : -1)
    .slice(0, lines)
    .map((line) => splitRecord(line, dialect))
    .filter((fields) => fields.length === names.length);
  const texts = names.map((name, i) => {
    const column = records.map((fields) => cleanText(fields[i] as string));
    return [name, column.filter((text) => text !== null)] as const;
  });
  return new Map(texts);
}
