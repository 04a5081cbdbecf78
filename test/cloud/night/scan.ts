import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { allTables } from '../../../lib/tables/all.ts';
import type { Execution } from '../athena/executions.ts';
import type { Cloud } from './cloud.ts';

/** What the queries of one kind read, in bytes. */
export interface Scan {
  /** The table that they write, or what they are. */
  readonly of: string;
  readonly queries: number;
  readonly scannedBytes: number;
  /** Of every column that a query reads, in the partitions it reads, once a query. */
  readonly neededBytes: number;
  /**
   * The same once a scan: a text that names a table or a CTE twice scans it twice. What is scanned
   * beyond it is a constant a file (Trino reads 48 kB to find a footer), whatever the rows.
   */
  readonly repeatedBytes: number;
}

interface Input {
  readonly table: string;
  readonly columns: readonly { readonly name: string }[];
  readonly connectorInfo: {
    readonly partitionIds: readonly string[];
    readonly partitioned: boolean;
  };
}

/**
 * What the queries from the `from`th on scanned and what they needed, by the tables they write. Trino tells which
 * columns and partitions each read, the files' footers how large these are.
 */
export async function scansOf(
  cloud: Cloud,
  trinoUrl: string,
  from: number,
): Promise<readonly Scan[]> {
  const columnBytes = await readColumnBytes(cloud);
  const scans = new Map<string, Scan>();
  for (const execution of cloud.athena.executions.slice(from)) {
    const { answer } = execution;
    if (answer === null || execution.state !== 'SUCCEEDED') continue;
    const inputs = await inputsOf(trinoUrl, answer.trinoId);
    if (inputs.length === 0) continue;
    const of = kindOf(execution);
    const sum = scans.get(of) ?? {
      of,
      queries: 0,
      scannedBytes: 0,
      neededBytes: 0,
      repeatedBytes: 0,
    };
    scans.set(of, {
      of,
      queries: sum.queries + 1,
      scannedBytes: sum.scannedBytes + answer.scannedBytes,
      neededBytes: sum.neededBytes + bytesOf(inputs, columnBytes),
      repeatedBytes:
        sum.repeatedBytes + inputs.reduce((b, input) => b + bytesOf([input], columnBytes), 0),
    });
  }
  return [...scans.values()];
}

function kindOf({ text }: Execution): string {
  return /^-- clientele writes (\w+)/.exec(text)?.[1] ?? 'counts, audit, audiences and report';
}

async function inputsOf(trinoUrl: string, trinoId: string): Promise<readonly Input[]> {
  const response = await fetch(`${trinoUrl}/v1/query/${trinoId}`, {
    headers: { 'x-trino-user': 'athena' },
  });
  if (!response.ok) throw new Error(`Trino has forgotten query ${trinoId}`);
  return ((await response.json()) as { readonly inputs: readonly Input[] }).inputs;
}

/** Compressed bytes of each column by the folder of its files. */
type ColumnBytes = readonly {
  readonly folder: string;
  readonly column: string;
  readonly bytes: number;
}[];

function bytesOf(inputs: readonly Input[], columnBytes: ColumnBytes): number {
  const needed = new Set<string>();
  for (const { table, columns, connectorInfo } of inputs) {
    const root = allTables.find(({ name }) => name === table)?.storage.folder;
    const folders = connectorInfo.partitioned
      ? connectorInfo.partitionIds.map((partition) => `${root}/${partition}/`)
      : [`${root}/`];
    for (const folder of folders) {
      for (const { name } of columns) needed.add(`${folder} ${name}`);
    }
  }
  let sum = 0;
  for (const { folder, column, bytes } of columnBytes) {
    const isNeeded = [...needed].some((one) => {
      const [within = '', name] = one.split(' ');
      return name === column && folder.startsWith(within);
    });
    if (isNeeded) sum += bytes;
  }
  return sum;
}

async function readColumnBytes({ lake }: Cloud): Promise<ColumnBytes> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-scan-'));
  try {
    for await (const { key } of lake.store.list('')) {
      if (!key.endsWith('.parquet') && !key.startsWith('tables/')) continue;
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, (await lake.store.get(key))?.body ?? '');
    }
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    try {
      const reader = await connection.runAndReadAll(
        `select substr(file_name, ${folder.length + 2}) as key, path_in_schema as column_name,
           cast(sum(total_compressed_size) as integer) as bytes
         from parquet_metadata('${folder}/**/*') group by all`,
      );
      return reader.getRowObjects().map((row) => {
        const key = String(row.key);
        return {
          folder: key.slice(0, key.lastIndexOf('/') + 1),
          column: String(row.column_name),
          bytes: Number(row.bytes),
        };
      });
    } finally {
      connection.closeSync();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** One line a kind, the largest first, and the sum. */
export function scanReport(scans: readonly Scan[]): string {
  const columns = ['queries', 'KiB read', 'repeated', 'needed', 'ratio'];
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
  const lines = [...scans.toSorted((a, b) => b.scannedBytes - a.scannedBytes), sumOf(scans)].map(
    ({ of, queries, scannedBytes, neededBytes, repeatedBytes }) => [
      of,
      queries,
      kilobytes(scannedBytes),
      kilobytes(repeatedBytes),
      kilobytes(neededBytes),
      (repeatedBytes / neededBytes).toFixed(2),
    ],
  );
  return [['table', ...columns], ...lines]
    .map(
      ([of, ...figures]) => `${of}`.padEnd(38) + figures.map((f) => `${f}`.padStart(10)).join(''),
    )
    .join('\n');
}

export function sumOf(scans: readonly Scan[]): Scan {
  const sum = (of: (scan: Scan) => number) => scans.reduce((total, scan) => total + of(scan), 0);
  return {
    of: 'the night',
    queries: sum(({ queries }) => queries),
    scannedBytes: sum(({ scannedBytes }) => scannedBytes),
    neededBytes: sum(({ neededBytes }) => neededBytes),
    repeatedBytes: sum(({ repeatedBytes }) => repeatedBytes),
  };
}
