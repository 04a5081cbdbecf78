import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFileEngine } from '../../../lib/adapters/duckdb/file-engine.ts';
import { parseConfig } from '../../../lib/config.ts';
import { type Inspection, inspectFile } from '../../../lib/ingest/inspect/inspect-file.ts';
import type { FileEngine } from '../../../lib/ports/file-engine.ts';
import type { MadeUpExport } from './exports/made-up-export.ts';
import { netSales } from './net-sales.ts';

let folder: string;
let engine: FileEngine;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-exports-'));
  await mkdir(join(folder, 'engine'));
  engine = await openFileEngine(join(folder, 'engine'));
});
afterAll(async () => {
  engine.close();
  await rm(folder, { recursive: true, force: true });
});

const exportsFolder = new URL('exports/', import.meta.url);
const names = (await readdir(exportsFolder)).filter((name) => name !== 'made-up-export.ts');
const madeUp = await Promise.all(
  names.map(async (name): Promise<readonly [string, MadeUpExport]> => {
    const module = await import(new URL(name, exportsFolder).href);
    return [name.replace('.ts', ''), Object.values(module)[0] as MadeUpExport];
  }),
);

async function inspect(file: string, content: string | Buffer): Promise<Inspection> {
  const path = join(folder, file);
  await writeFile(path, content);
  const at = new Date('2026-01-31T00:00:00Z');
  await utimes(path, at, at);
  return await inspectFile({ engine, path, config: parseConfig({}), feed: 'orders' });
}

/** The content in letters, whatever its encoding. */
function textOf({ content }: MadeUpExport): string {
  if (typeof content === 'string') return content;
  const isMarked = content[0] === 0xff && content[1] === 0xfe;
  return isMarked ? content.toString('utf16le').slice(1) : content.toString('latin1');
}

/** The owner's cents, the questions that stand before them, or other cents. */
function outcome(found: Inspection, { net }: MadeUpExport, text: string) {
  if (found.open.length > 0) return { isRead: false, questions: found.open };
  const read = netSales(text, found.suggestion ?? { columns: {} });
  expect(read).toEqual({ net, refused: 0 });
  return { isRead: true, questions: [] };
}

const asked = ['shopify', 'amazon', 'etsy', 'superstore'];

describe('inspectFile() suggests a mapping that reads an export to the cent, or asks', () => {
  test.each(madeUp)('%s', async (name, export_) => {
    const found = await inspect(export_.file, export_.content);
    const { isRead, questions } = outcome(found, export_, textOf(export_));
    expect(isRead, questions.join('\n')).toBe(!asked.includes(name));
    expect(questions.length).toBeLessThanOrEqual(2);
    if (isRead) expect(found.summary.map(({ netSales: sum }) => sum)).toEqual([export_.net]);
  });

  test('asks what the words of a state mean of which most are known', async () => {
    const found = await inspect(
      'state.csv',
      'no,created,client,amount,state\n1,2024-03-01,A,10.00,Zahlung erhalten\n2,2024-03-01,B,20.00,storniert\n3,2024-03-02,C,30.00,versandt\n',
    );
    expect(found.open).toEqual(['Say under "status_words" what these mean: "Zahlung erhalten".']);
  });

  test('with three columns renamed half of them are still read, and none with other cents', async () => {
    const counts = { read: 0, many: 0 };
    for (const [name, export_] of madeUp) {
      const text = textOf(export_);
      const found = await inspect(export_.file, export_.content);
      const renamed = renameThree(text, found.headers, name.length);
      const again = await inspect('renamed.csv', renamed);
      const { isRead, questions } = outcome(again, export_, renamed);
      if (isRead) counts.read += 1;
      if (questions.length > 2) counts.many += 1;
    }
    expect(counts.read).toBeGreaterThanOrEqual(15);
    expect(counts.many).toBe(0);
  });
});

/** Three headers that say nothing: every third or so, from another place in each file. */
function renameThree(text: string, headers: readonly string[], from: number): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.includes(headers[1] as string));
  const delimiter = (lines[at] as string).slice((headers[0] as string).length)[0] as string;
  const step = Math.max(1, Math.floor(headers.length / 3));
  const places = [0, 1, 2].map((i) => (from + i * step) % headers.length);
  const renamed = headers.map((header, i) => (places.includes(i) ? `Feld ${i}` : header));
  lines[at] = renamed.join(delimiter);
  return lines.join('\n');
}
