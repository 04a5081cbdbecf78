import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The local folder of a call, without what one that ran out of time left behind. */
export function emptyScratch(): string {
  const scratch = join(tmpdir(), 'ingest');
  rmSync(scratch, { recursive: true, force: true });
  return scratch;
}
