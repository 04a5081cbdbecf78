import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openFolderStore } from '../../../lib/adapters/folder/object-store.ts';
import { queryEngineContract } from '../../contracts/query-engine.ts';
import { openTrinoEngine } from './engine.ts';

const { url, lake } = inject('trino');

queryEngineContract('openTrinoEngine()', async (tables) => {
  const folder = await mkdtemp(join(lake, 'contract-'));
  const engine = await openTrinoEngine({ url, lake, folder, tables });
  return {
    engine,
    store: openFolderStore(folder),
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
