import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundFolders, foundText } from './found-files.ts';

/* Writes the lists of what is one file in a folder: lib/destinations, lib/presets. */
const lib = join(import.meta.dirname, '..', 'lib');
const paths = foundFolders.map((found) => {
  const path = join(lib, found.folder, 'found.ts');
  writeFileSync(path, foundText(lib, found));
  return path;
});
execFileSync('biome', ['format', '--write', ...paths], { stdio: 'inherit' });
