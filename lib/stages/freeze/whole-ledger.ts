import { checkLedger } from '../../ingest/ledger/check-ledger.ts';
import { damageError } from '../../ingest/ledger/damage-text.ts';
import type { Night } from '../stage.ts';

/**
 * Everything that was loaded must be as it was written: a query takes rows that are gone for none.
 * What is damaged is loaded again where the night can. Fails with a StorageError that names the rest.
 */
export async function requireWholeLedger({ store, clock, run, mend }: Night): Promise<void> {
  let { damages } = await checkLedger(store, clock.now());
  if (damages.length > 0 && mend !== undefined) {
    await mend(damages);
    damages = (await checkLedger(store, clock.now())).damages;
  }
  if (damages.length > 0) throw damageError(`freeze run ${run.runId}`, damages);
}
