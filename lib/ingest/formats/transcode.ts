import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { RefusedFile } from '../refused-file.ts';
import type { Encoding } from './file-head.ts';

/** Writes a text file anew in UTF-8. Fails with a RefusedFile where it is not in its encoding. */
export async function transcode(
  from: string,
  to: string,
  encoding: Exclude<Encoding, 'utf-8'>,
): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let bytes = 0;
  async function* decode(chunks: AsyncIterable<Buffer>) {
    try {
      for await (const chunk of chunks) {
        yield decoder.decode(chunk, { stream: true });
        bytes += chunk.length;
      }
      yield decoder.decode();
    } catch (error) {
      if (error instanceof TypeError)
        throw new RefusedFile('wrong_encoding', { byteOffset: bytes });
      throw error;
    }
  }
  await pipeline(createReadStream(from), decode, createWriteStream(to));
}
