import { allTables } from '../../../lib/tables/all.ts';
import type { Execution } from '../athena/executions.ts';
import type { Cloud } from './cloud.ts';
import { type ColumnSizes, readColumnSizes } from './column-sizes.ts';

/** What the queries of one kind read, in bytes. */
export interface Scan {
  /** The table that they write, or what they are. */
  readonly of: string;
  readonly queries: number;
  /** As Athena would bill it. */
  readonly scanned: number;
  /** Spent on finding footers, a constant a file: it does not grow with the rows. */
  readonly footers: number;
  /** Of every column that a query reads, in the partitions it reads: once a query. */
  readonly needed: number;
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
 * What the queries from the `from`th on scanned and what they needed, by the tables they write. Trino
 * tells which columns and partitions each read, the files' footers how large these are.
 */
export async function scansOf(
  cloud: Cloud,
  trinoUrl: string,
  from: number,
): Promise<readonly Scan[]> {
  const files = await readColumnSizes(cloud.lake.store);
  const scans = new Map<string, Scan>();
  for (const execution of cloud.athena.executions.slice(from)) {
    const { answer } = execution;
    if (answer === null || execution.state !== 'SUCCEEDED') continue;
    const inputs = await inputsOf(trinoUrl, answer.trinoId);
    if (inputs.length === 0) continue;
    const { needed, footers } = sizesOf(inputs, files);
    const scanned = answer.scannedBytes;
    // Of a scan that found its rows elsewhere done with, not even the footer is read: never count
    // more for footers than leaves what was needed.
    const rest = Math.max(0, scanned - needed);
    const one = { of: kindOf(execution), queries: 1, scanned, needed };
    const scan = { ...one, footers: Math.min(footers, rest) };
    const earlier = scans.get(scan.of);
    scans.set(scan.of, earlier === undefined ? scan : sumOf([earlier, scan], scan.of));
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

/** Of one query: each of its inputs is one scan. */
function sizesOf(
  inputs: readonly Input[],
  files: readonly ColumnSizes[],
): Pick<Scan, 'footers' | 'needed'> {
  const needed = new Map<string, number>();
  let footers = 0;
  for (const { table, columns, connectorInfo } of inputs) {
    const root = allTables.find(({ name }) => name === table)?.storage.folder;
    const folders = connectorInfo.partitioned
      ? connectorInfo.partitionIds.map((partition) => `${root}/${partition}/`)
      : [`${root}/`];
    for (const file of files) {
      if (!folders.some((folder) => file.key.startsWith(folder))) continue;
      footers += Math.min(footerReadBytes, file.fileBytes);
      for (const { name } of columns) {
        needed.set(`${file.key} ${name}`, file.columns.get(name) ?? 0);
      }
    }
  }
  return { footers, needed: [...needed.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

/** Bytes of columns that were read for each that was needed: what more rows cost. */
export function ratioOf({ scanned, footers, needed }: Scan): number {
  return (scanned - footers) / needed;
}

/** One line a kind, the largest first, and the sum. */
export function scanReport(scans: readonly Scan[]): string {
  const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1);
  const lines = [...scans.toSorted((a, b) => b.scanned - a.scanned), sumOf(scans, 'the night')];
  return [
    ['table', 'queries', 'KiB read', 'footers', 'needed', 'ratio'],
    ...lines.map((scan) => [
      scan.of,
      scan.queries,
      kilobytes(scan.scanned),
      kilobytes(scan.footers),
      kilobytes(scan.needed),
      ratioOf(scan).toFixed(2),
    ]),
  ]
    .map(
      ([of, ...figures]) => `${of}`.padEnd(38) + figures.map((f) => `${f}`.padStart(10)).join(''),
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
