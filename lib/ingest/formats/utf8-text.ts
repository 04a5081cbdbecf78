import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Encoding, encodingOf } from './file-head.ts';
import { transcode } from './transcode.ts';

/** The content as UTF-8 text: itself, or a copy of it. */
export interface Utf8Text {
  readonly path: string;
  /** Places in it are not places in the content. */
  readonly isCopy: boolean;
}

/** Fails with a RefusedFile where the content is not in its encoding. */
export async function utf8Text(path: string, declared: Encoding): Promise<Utf8Text> {
  const encoding = encodingOf(await firstBytes(path), declared);
  if (encoding === 'utf-8') return { path, isCopy: false };
  const decoded = `${path}.utf8`;
  await transcode(path, decoded, encoding);
  return { path: decoded, isCopy: true };
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The encoding that a text which says none must be in: UTF-8 has byte sequences that do not occur. */
export async function evidentEncoding(path: string): Promise<Encoding> {
  const marked = encodingOf(await firstBytes(path), 'utf-8');
  if (marked !== 'utf-8') return marked;
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk, { stream: true });
    decoder.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}
