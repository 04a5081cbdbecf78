import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { Queries } from '../../lib/adapters/athena/queries.ts';
import { readResult } from '../../lib/adapters/athena/read-result.ts';
import { EngineError } from '../../lib/errors.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';

const query = {
  queryId: 'q1',
  text: 'select n',
  resultLocation: 's3://bucket/results/q1.csv',
  manifestLocation: null,
  scannedBytes: 0,
  queuedMs: 0,
  ranMs: 0,
};

const queries = {
  firstPage: async () => ({
    ResultSet: { ResultSetMetadata: { ColumnInfo: [{ Name: 'n', Type: 'bigint' }] } },
  }),
} as unknown as Queries;

function storeOf(body: Readable): ObjectStore {
  return { getStream: async () => body } as unknown as ObjectStore;
}

it('asks for no more of the file than the rows that are taken, and a little', async () => {
  let sent = 0;
  async function* csv() {
    yield Buffer.from('"n"\n');
    for (; sent < 1_000_000; sent += 1) yield Buffer.from(`"${sent}"\n`);
  }
  let taken = 0;
  let mostAhead = 0;
  for await (const { n } of readResult(
    { queries, results: storeOf(Readable.from(csv())) },
    query,
  )) {
    if (n !== taken) throw new Error(`row ${taken} is ${n}`);
    taken += 1;
    mostAhead = Math.max(mostAhead, sent - taken);
  }
  expect(taken).toBe(1_000_000);
  // Of 2 to 9 bytes a row: far below the parts in which a stream passes them on.
  expect(mostAhead).toBeLessThan(20_000);
});

it('lets go of the file when its reader has enough', async () => {
  const body = Readable.from([Buffer.from('"n"\n"1"\n"2"\n')]);
  for await (const { n } of readResult({ queries, results: storeOf(body) }, query)) {
    expect(n).toBe(1);
    break;
  }
  expect(body.destroyed).toBe(true);
});

it('fails when the file breaks off', async () => {
  async function* csv() {
    yield Buffer.from('"n"\n"1"\n"2');
    throw new Error('connection lost');
  }
  const rows = readResult({ queries, results: storeOf(Readable.from(csv())) }, query);
  await expect(Array.fromAsync(rows)).rejects.toThrow('connection lost');
});

it('fails when the query has no result file', async () => {
  const rows = readResult(
    { queries, results: storeOf(Readable.from([])) },
    { ...query, resultLocation: null },
  );
  await expect(Array.fromAsync(rows)).rejects.toThrow(EngineError);
});
