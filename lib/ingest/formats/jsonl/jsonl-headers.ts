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
    const names = new Set<string>();
    for (const line of whole.slice(0, 1000)) addNames(line, names);
    if (names.size === 0) {
      throw new RefusedFile(whole.length === 0 ? 'oversize_record' : 'no_objects', {
        byteOffset: text.begins,
        recordNumber: 1,
        recordsIn: whole.filter((line) => line.trim() !== '').length,
      });
    }
    return [{ names: [...names], dialect: plainDialect, ends: text.begins, isOpen: true }];
  };
};

function addNames(line: string, names: Set<string>): void {
  try {
    for (const name of parseJsonRecord(line).keys()) names.add(cleanText(name) ?? '');
  } catch (error) {
    if (!(error instanceof JsonTrouble)) throw error;
  }
}
