import { checkLedger } from '../ingest/ledger/check-ledger.ts';
import { damageError } from '../ingest/ledger/damage-text.ts';
import type { Home } from './home.ts';

/**
 * Keys of everything that was loaded and counts, before it is told. Fails with a StorageError where
 * some of it is damaged.
 */
export async function requireWholeLedger({
  store,
  clock,
}: Pick<Home, 'store' | 'clock'>): Promise<readonly string[]> {
  const { damages, keys } = await checkLedger(store, clock.now());
  if (damages.length > 0) throw damageError('read what was loaded', damages);
  return keys;
}
