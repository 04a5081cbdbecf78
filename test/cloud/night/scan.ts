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
    const sum = scans.get(of) ?? { of, queries: 0, scannedBytes: 0, neededBytes: 0 };
    scans.set(of, {
      of,
      queries: sum.queries + 1,
      scannedBytes: sum.scannedBytes + answer.scannedBytes,
      neededBytes: sum.neededBytes + neededBytes(inputs, columnBytes),
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

function neededBytes(inputs: readonly Input[], columnBytes: ColumnBytes): number {
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
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1).padStart(10);
  const line = ({ of, queries, scannedBytes, neededBytes: needed }: Scan) =>
    `${of.padEnd(38)}${String(queries).padStart(8)}${kilobytes(scannedBytes)}${kilobytes(needed)}${(scannedBytes / needed).toFixed(2).padStart(8)}`;
  const head = `${'table'.padEnd(38)}${'queries'.padStart(8)}${'KiB read'.padStart(10)}${'needed'.padStart(10)}${'ratio'.padStart(8)}`;
  const lines = scans.toSorted((a, b) => b.scannedBytes - a.scannedBytes).map(line);
  return [head, ...lines, line(sumOf(scans))].join('\n');
}

export function sumOf(scans: readonly Scan[]): Scan {
  const sum = (of: (scan: Scan) => number) => scans.reduce((total, scan) => total + of(scan), 0);
  return {
    of: 'the night',
    queries: sum(({ queries }) => queries),
    scannedBytes: sum(({ scannedBytes }) => scannedBytes),
    neededBytes: sum(({ neededBytes: needed }) => needed),
  };
}
