import { cleanText } from '../../../feeds/clean.ts';
import { RefusedFile } from '../../refused-file.ts';
import { plainDialect } from '../dialect.ts';
import { readFileHead, textHead } from '../file-head.ts';
import type { HeaderReader } from '../format.ts';
import { JsonTrouble, parseJsonRecord } from './json-record.ts';

/** The names in the first objects of a file; later ones may have more. */
export const jsonlHeaders: HeaderReader = async ({ path, limits }) => {
  const head = await readFileHead(path, limits.recordBytes);
  return (mapping) => {
    const text = textHead(head, mapping?.encoding ?? 'utf-8');
    const lines = text.bytes.subarray(text.begins).toString('utf8').split('\n');
    const whole = text.isWhole ? lines : lines.slice(0, -1);
    const objects = whole.slice(0, 1000).flatMap(namesOf);
    const counts = new Map<string, number>();
    for (const name of objects.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const names = [...counts.keys()];
    if (names.length === 0) {
      throw new RefusedFile(whole.length === 0 ? 'oversize_record' : 'no_objects', {
        byteOffset: text.begins,
        recordNumber: 1,
        recordsIn: whole.filter((line) => line.trim() !== '').length,
      });
    }
    const rare = names.filter((name) => 2 * (counts.get(name) ?? 0) <= objects.length);
    return [{ names, dialect: plainDialect, ends: text.begins, isOpen: true, rare }];
  };
};

/** The names of the object in a line; none where there is no object. */
function namesOf(line: string): string[][] {
  try {
    return [[...new Set([...parseJsonRecord(line).keys()].map((name) => cleanText(name) ?? ''))]];
  } catch (error) {
    if (!(error instanceof JsonTrouble)) throw error;
    return [];
  }
}
