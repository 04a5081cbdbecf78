import { join } from 'node:path';
import { literal, name } from '../feeds/sql-text.ts';
import type { Secret } from '../keys/secret.ts';
import type { FileEngine } from '../ports/file-engine.ts';
import { acceptedTable } from '../tables/accepted.ts';
import type { IdentifierKind } from '../tables/contract.ts';
import type { LoadedFile } from './check/load-file.ts';
import { writeParquet } from './formats/parquet-rows.ts';
import type { Resolved } from './resolve-mapping.ts';

interface WritePseudonyms {
  readonly engine: FileEngine;
  readonly secret: Secret;
  readonly resolved: Resolved;
  readonly loadId: string;
  readonly loaded: Pick<LoadedFile, 'accepted' | 'acceptedPaths'>;
}

/** Of 2^128 pseudonyms no two identifiers share one by chance. */
const digits = 32;

/** From so many rows each kind is worth an engine and a file of its own. */
const manyRows = 100_000;

/**
 * Writes the identifiers that accepted rows hold, each once with its pseudonym, as local Parquet
 * files: an order file names its customers many times, and a hash costs more than finding that out.
 * The secret goes in as bound values and stands in no text.
 */
export async function writePseudonyms(options: WritePseudonyms): Promise<readonly string[]> {
  const { engine, secret, loaded } = options;
  const selects = loaded.accepted === 0 ? [] : pseudonymSelects(options);
  const files = loaded.accepted < manyRows ? [selects.join(' union all ')] : selects;
  return await Promise.all(
    files.filter(Boolean).map(async (select, i) => {
      const path = join(engine.folder, `pseudonyms-${i}.parquet`);
      const own = i === 0 ? engine : await engine.openAnother();
      try {
        await writeParquet(own, select, path, secret.pads());
      } finally {
        if (own !== engine) own.close();
      }
      return path;
    }),
  );
}

/** For each kind that the feed's columns hold, a SELECT of its pseudonyms. */
function pseudonymSelects({ resolved, loadId, loaded }: WritePseudonyms): string[] {
  const rows = `read_parquet([${loaded.acceptedPaths.map(literal).join(', ')}])`;
  return [...identifierColumns(resolved)].map(([kind, columns]) => {
    const source = kind === 'source_id' ? resolved.source : '';
    const values = columns.map((column) => `select ${name(column)} as value from ${rows}`);
    const message = `encode(${literal(`${kind}\n${source}\n`)} || value)`;
    const mac = `sha256($outer || unhex(sha256($inner || ${message})))`;
    return `select ${literal(loadId)} as load_id, ${literal(kind)} as kind, ${literal(source)} as source, value, substr(${mac}, 1, ${digits}) as pseudonym from (${values.join(' union all ')}) where value is not null group by value`;
  });
}

/** The columns of a feed's accepted rows by what they tell a customer by. */
function identifierColumns({ feed }: Resolved): ReadonlyMap<IdentifierKind, readonly string[]> {
  const columns = new Map<IdentifierKind, readonly string[]>();
  for (const [column, { identifies }] of Object.entries(acceptedTable(feed).columns)) {
    if (identifies === undefined) continue;
    columns.set(identifies, [...(columns.get(identifies) ?? []), column]);
  }
  return columns;
}
