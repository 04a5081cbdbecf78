import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { ConfigurationError } from '../errors.ts';

export const configName = 'clientele.config.json';

/** The configuration that was named, else the first found in these folders or here, else the defaults. */
export async function readConfig(
  named: string | undefined,
  folders: readonly string[],
): Promise<Config> {
  if (named !== undefined) {
    const text = await readIfThere(named);
    if (text !== null) return loadConfig(text, named);
    throw new ConfigurationError(`Cannot read the configuration: ${named} is no file.`);
  }
  for (const file of [...folders.map((folder) => join(folder, configName)), configName]) {
    const text = await readIfThere(file);
    if (text !== null) return loadConfig(text, file);
  }
  return loadConfig('{}', 'defaults');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw new ConfigurationError(
      `Cannot read the configuration: ${file} must be a file that may be read: found ${code}.`,
      { cause: error },
    );
  }
}
