import type { Format } from '../format.ts';
import { jsonlHeaders } from './jsonl-headers.ts';
import { jsonlRecords } from './jsonl-records.ts';

/** A JSON object a line. */
export const jsonl: Format = { headers: jsonlHeaders, records: jsonlRecords };
