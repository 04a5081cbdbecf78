import type { Format } from '../format.ts';
import { csvHeaders } from './csv-header.ts';
import { csvRecords } from './csv-records.ts';

/** Texts with a delimiter, a header in front. */
export const csv: Format = { headers: csvHeaders, records: csvRecords };
