import { allTables } from '../../../lib/tables/all.ts';
import type { Execution } from '../athena/executions.ts';
import type { Cloud } from './cloud.ts';
import { type ColumnSizes, readColumnSizes } from './column-sizes.ts';

/** What a query read, or several of one kind, in bytes. */
export interface Scan {
  /** The table that it writes, or what it is. */
  readonly of: string;
  readonly queries: number;
  /** As Athena would bill it. */
  readonly scanned: number;
  /** At most so much of it was spent on finding the files' footers: a constant an opening. */
  readonly footers: number;
  /** Of every column that a query names, in the partitions it reads: once a query. */
  readonly needed: number;
}

export interface QueryScan extends Scan {
  /** One of each time that a stored table is read. */
  readonly reads: readonly TableRead[];
}

interface TableRead {
  readonly table: string;
  readonly columns: readonly string[];
  /** Folders such as `snapshot_on=2025-12-31/run_id=2025-12-31-1`; null for a table without runs. */
  readonly runs: readonly string[] | null;
}

interface Input {
  readonly table: string;
  readonly columns: readonly { readonly name: string }[];
  readonly connectorInfo: {
    readonly partitionIds: readonly string[];
    readonly partitioned: boolean;
  };
}

/** Trino reads so much of a file's end, each time it opens the file, to find the footer. */
const footerReadBytes = 48 * 1024;

/**
 * What each query from the `from`th on scanned and what it needed. Trino tells which columns and
 * partitions it read, the files' footers how large these are.
 */
export async function scansOf(
  cloud: Cloud,
  trinoUrl: string,
  from: number,
): Promise<readonly QueryScan[]> {
  const files = await readColumnSizes(cloud.lake.store);
  const scans: QueryScan[] = [];
  for (const execution of cloud.athena.executions.slice(from)) {
    const { answer } = execution;
    if (answer === null || execution.state !== 'SUCCEEDED') continue;
    const reads = await readsOf(trinoUrl, answer.trinoId);
    if (reads.length === 0) continue;
    const sizes = sizesOf(reads, files);
    const scanned = answer.scannedBytes;
    // A query that passed over row groups by their statistics needed no more than it read: else its
    // thrift would make up for the waste of another.
    const needed = Math.min(sizes.needed, scanned);
    const footers = Math.min(sizes.footers, scanned - needed);
    scans.push({ of: kindOf(execution), queries: 1, scanned, footers, needed, reads });
  }
  return scans;
}

function kindOf({ text }: Execution): string {
  return /^-- clientele writes (\w+)/.exec(text)?.[1] ?? 'fits, audit, audiences, report';
}

async function readsOf(trinoUrl: string, trinoId: string): Promise<readonly TableRead[]> {
  const response = await fetch(`${trinoUrl}/v1/query/${trinoId}`, {
    headers: { 'x-trino-user': 'athena' },
  });
  if (!response.ok) throw new Error(`Trino has forgotten query ${trinoId}`);
  const { inputs } = (await response.json()) as { readonly inputs: readonly Input[] };
  return inputs.map(({ table, columns, connectorInfo: { partitioned, partitionIds } }) => ({
    table,
    columns: columns.map(({ name }) => name),
    runs: partitioned ? partitionIds : null,
  }));
}

function sizesOf(
  reads: readonly TableRead[],
  files: readonly ColumnSizes[],
): Pick<Scan, 'footers' | 'needed'> {
  const needed = new Map<string, number>();
  let footers = 0;
  for (const { table, columns, runs } of reads) {
    const root = allTables.find(({ name }) => name === table)?.storage.folder;
    const folders = runs === null ? [`${root}/`] : runs.map((run) => `${root}/${run}/`);
    for (const file of files) {
      if (!folders.some((folder) => file.key.startsWith(folder))) continue;
      footers += Math.min(footerReadBytes, file.fileBytes);
      for (const name of columns) needed.set(`${file.key} ${name}`, file.columns.get(name) ?? 0);
    }
  }
  return { footers, needed: [...needed.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

/** Bytes read for each byte needed. */
export function ratioOf({ scanned, needed }: Scan): number {
  return scanned / needed;
}

/** Tables that one query of a kind reads more than once: how often, as `kind reads table`. */
export function repeatedReads(scans: readonly QueryScan[]): Readonly<Record<string, number>> {
  const repeated: Record<string, number> = {};
  for (const { of, reads } of scans) {
    const times = new Map<string, number>();
    for (const { table } of reads) times.set(table, (times.get(table) ?? 0) + 1);
    for (const [table, count] of times) {
      const name = `${of} reads ${table}`;
      if (count > 1) repeated[name] = Math.max(count, repeated[name] ?? 0);
    }
  }
  return repeated;
}

/** One line a kind, the largest first, and the sum. */
export function scanReport(scans: readonly Scan[]): string {
  const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(2);
  const kinds = [...Map.groupBy(scans, ({ of }) => of)].map(([of, some]) => sumOf(some, of));
  const lines = [...kinds.toSorted((a, b) => b.scanned - a.scanned), sumOf(scans, 'the night')];
  return [
    ['table', 'queries', 'MiB read', 'footers', 'needed', 'ratio'],
    ...lines.map((scan) => [
      scan.of,
      scan.queries,
      mebibytes(scan.scanned),
      mebibytes(scan.footers),
      mebibytes(scan.needed),
      scan.needed === 0 ? '-' : ratioOf(scan).toFixed(2),
    ]),
  ]
    .map(
      ([of, ...figures]) => `${of}`.padEnd(32) + figures.map((f) => `${f}`.padStart(10)).join(''),
    )
    .join('\n');
}

export function sumOf(scans: readonly Scan[], of: string): Scan {
  const sum = (part: 'queries' | 'scanned' | 'footers' | 'needed') =>
    scans.reduce((total, scan) => total + scan[part], 0);
  return {
    of,
    queries: sum('queries'),
    scanned: sum('scanned'),
    footers: sum('footers'),
    needed: sum('needed'),
  };
}
