import type { Format } from '../format.ts';
import { parquetHeaders } from './parquet-headers.ts';
import { parquetRecords } from './parquet-records.ts';

/** Parquet, its values read as the texts that a CSV would hold. */
export const parquet: Format = { headers: parquetHeaders, records: parquetRecords };
