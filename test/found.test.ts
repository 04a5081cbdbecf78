import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { foundFolders, foundText } from '../scripts/found-files.ts';

const lib = join(import.meta.dirname, '../lib');

/** Formatting apart: long lists are broken into lines. */
function bare(text: string): string {
  return text.replaceAll(/[\s,]+/g, '');
}

test.each(foundFolders)('every $type in lib/$folder is in its list (`npm run find`)', (found) => {
  const written = readFileSync(join(lib, found.folder, 'found.ts'), 'utf8');
  expect(bare(written)).toBe(bare(foundText(lib, found)));
});

test('foundText() lists what is exported as the interface, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'found-'));
  mkdirSync(join(folder, 'presets'));
  const files = {
    'zeta.ts': 'export const zeta: Preset = {};\n',
    'alpha-till.ts': '/** A till. */\nexport const alphaTill: Preset = {};\n',
    'preset.ts': 'export interface Preset {}\n',
    'helper.ts': 'const inner: Preset = {};\nexport function help() {}\n',
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, 'presets', name), text);
  }
  const text = foundText(folder, { folder: 'presets', type: 'Preset', list: 'presets' });
  expect(text).toContain('readonly Preset[] = [alphaTill, zeta];');
  expect(text.match(/^import .*/gm)).toEqual([
    "import { alphaTill } from './alpha-till.ts';",
    "import type { Preset } from './preset.ts';",
    "import { zeta } from './zeta.ts';",
  ]);
});
