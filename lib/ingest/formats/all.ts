import { csv } from './csv/csv.ts';
import type { Format } from './format.ts';
import { jsonl } from './jsonl/jsonl.ts';
import { parquet } from './parquet/parquet.ts';

/** The forms of files that are read, by the ending of their names. */
export const formats = { csv, jsonl, parquet } as const satisfies Readonly<Record<string, Format>>;

export type FormatName = keyof typeof formats;
