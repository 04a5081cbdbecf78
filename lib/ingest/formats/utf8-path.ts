import type { Encoding } from './file-head.ts';
import { transcode } from './transcode.ts';

/** Path of the content as UTF-8 text. Fails with a RefusedFile where it is not in its encoding. */
export async function utf8Path(path: string, encoding: Encoding): Promise<string> {
  if (encoding === 'utf-8') return path;
  const decoded = `${path}.utf8`;
  await transcode(path, decoded, encoding);
  return decoded;
}
