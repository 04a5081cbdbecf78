import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { ConfigurationError } from '../../errors.ts';

/** Where unfinished files and spilled data lie, under the folder the engine may use. */
export const scratchFolder = '.scratch';

/**
 * What DuckDB lacks of the Trino dialect. Each macro was compared value by value with Trino; a
 * formulation that both engines know is better than one more macro.
 */
const prelude = [
  // Trino's sha256 maps bytes to bytes, DuckDB's text to hexadecimal text: the only form used in
  // the .sql files is lower(to_hex(sha256(to_utf8(x)))), which is the same text on both.
  'create macro to_utf8(x) as x',
  'create macro to_hex(x) as x',
  // Of bytes here, of code points there: the same in ASCII, and the .sql files ask of nothing else.
  'create macro levenshtein_distance(x, y) as levenshtein(x, y)',
];

/** Global: every connection of the instance has them. */
const settings = [
  "set global TimeZone = 'UTC'",
  'set global integer_division = true',
  'set global scalar_subquery_error_on_multiple_rows = true',
  'set global autoinstall_known_extensions = false',
  'set global autoload_known_extensions = false',
  'set global preserve_insertion_order = true',
];

export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export interface InstanceOptions {
  /** What it holds at most before it spills to the disk, such as `256MB`. */
  readonly memory?: string;
  /** All processors where it is left out. */
  readonly threads?: number;
  /** Folders below the folder that SQL may use, beside the scratch; all of it where left out. */
  readonly folders?: readonly string[];
}

/**
 * Opens an in-memory DuckDB that can read and write below `folder`, or the `folders` of it that are
 * named, and nowhere else, whatever SQL it is given, and whose settings cannot be changed any more.
 */
export async function openInstance(
  folder: string,
  { memory, threads, folders }: InstanceOptions = {},
): Promise<DuckDBInstance> {
  if (/[*?[\]]/.test(folder)) {
    throw new ConfigurationError(
      `Cannot use the folder ${folder}: its path must not contain any of * ? [ ], which stand for other characters in file names.`,
    );
  }
  const scratch = join(folder, scratchFolder);
  const allowed =
    folders === undefined ? [folder] : [scratch, ...folders.map((one) => join(folder, one))];
  await mkdir(scratch, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const statement of [
    ...settings,
    ...prelude,
    ...(memory === undefined ? [] : [`set memory_limit = ${quoteText(memory)}`]),
    ...(threads === undefined ? [] : [`set threads = ${threads}`]),
    `set temp_directory = ${quoteText(scratch)}`,
    `set allowed_directories = [${allowed.map(quoteText).join(', ')}]`,
    'set enable_external_access = false',
    'set lock_configuration = true',
  ]) {
    await connection.run(statement);
  }
  connection.closeSync();
  return instance;
}
