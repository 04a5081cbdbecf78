import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of real data, which is no part of the project: inside `shared/data` of the folders above the
 * repository, else where `npm run fetch:cdnow` lays it. Null where it is absent: a test then skips.
 */
export function sharedData(path: string): string | null {
  return besideProject(path) ?? fetched(path);
}

export function besideProject(path: string): string | null {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (folder !== dirname(folder)) {
    const found = join(folder, 'shared', 'data', path);
    if (existsSync(found)) return found;
    folder = dirname(folder);
  }
  return null;
}

export function fetched(path: string): string | null {
  const found = join(import.meta.dirname, '..', '.cache', 'data', path);
  return existsSync(found) ? found : null;
}
