import { join } from 'node:path';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ingestDrop } from '../../lib/ingest/ingest.ts';
import { testSecret } from '../secret.ts';

// Ingests a home in a process of its own, whose memory is then known: prints a line of JSON.
const [home = ''] = process.argv.slice(2);
const loads = await ingestDrop({
  store: openFolderStore(home),
  openFileEngine,
  clock: { now: () => new Date() },
  config: parseConfig({}),
  secret: testSecret,
  scratch: join(home, '.scratch'),
});
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ loads: loads.length, megabytes }));
