import { openDuckDbEngine } from '../../../lib/adapters/duckdb/query-engine.ts';
import type { Run } from '../../../lib/ports/query-engine.ts';
import { allTables } from '../../../lib/tables/all.ts';
import { type Drop, makeHome } from '../../night/home.ts';
import { digestsOf } from './digests.ts';

export interface EmbeddedNight {
  readonly run: Run;
  readonly digests: Readonly<Record<string, string>>;
}

/**
 * The same drops and nights on this machine's own adapters: what the cloud must come to. Without an
 * as-of date files are ingested only.
 */
export async function embeddedNights(
  configuration: unknown,
  nights: readonly { readonly drop: Drop; readonly asOf: string | null }[],
): Promise<readonly EmbeddedNight[]> {
  const home = await makeHome(configuration);
  const result: EmbeddedNight[] = [];
  for (const { drop, asOf } of nights) {
    await home.drop(drop);
    await home.ingest();
    if (asOf === null) continue;
    const { run } = await home.night({ asOf });
    const engine = await openDuckDbEngine({ folder: home.folder, tables: allTables });
    try {
      result.push({ run, digests: await digestsOf(engine, run) });
    } finally {
      await engine.close();
    }
  }
  return result;
}
