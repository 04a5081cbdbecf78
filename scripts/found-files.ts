import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What multiplies: a folder of lib, the interface that its files keep, the name of their list. */
export const foundFolders = [
  { folder: 'destinations', type: 'Destination', list: 'allDestinations' },
  { folder: 'presets', type: 'Preset', list: 'presets' },
] as const;

type FoundFolder = (typeof foundFolders)[number];

/**
 * The text of `found.ts` of a folder: a list of everything that its files export as the interface,
 * in the order of the alphabet. (Lambda's bundles cannot look into a folder when they run.)
 */
export function foundText(lib: string, { folder, type, list }: FoundFolder): string {
  const files = readdirSync(join(lib, folder))
    .filter((file) => file.endsWith('.ts'))
    .sort();
  const members = files.flatMap((file) => {
    const text = readFileSync(join(lib, folder, file), 'utf8');
    const name = new RegExp(`^export const (\\w+): ${type} = `, 'm').exec(text)?.[1];
    return name === undefined || file === 'found.ts' ? [] : [{ file, name }];
  });
  const interfaceFile = `${type.toLowerCase()}.ts`;
  const imports = [
    ...members.map(({ file, name }) => ({ file, line: `import { ${name} } from './${file}';` })),
    { file: interfaceFile, line: `import type { ${type} } from './${interfaceFile}';` },
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  return `${[
    ...imports.map(({ line }) => line),
    '',
    `/** Every file of this folder that is a ${type}: written by \`npm run find\`, and a test compares. */`,
    `export const ${list}: readonly ${type}[] = [${members.map(({ name }) => name).join(', ')}];`,
  ].join('\n')}\n`;
}
