import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { queryEngineContract } from '../contracts/query-engine.ts';

queryEngineContract('openDuckDbEngine()', async (tables) => {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-duckdb-'));
  const engine = await openDuckDbEngine({ folder, tables });
  return {
    engine,
    store: openFolderStore(folder),
    close: async () => {
      engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
});
