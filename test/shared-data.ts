import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path inside `shared/data`, the real data that stands beside the project and is no part of it;
 * looked for in the folders above the repository. Null where it is absent: a test then skips.
 */
export function sharedData(path: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (folder !== dirname(folder)) {
    const found = join(folder, 'shared', 'data', path);
    if (existsSync(found)) return found;
    folder = dirname(folder);
  }
  return null;
}
