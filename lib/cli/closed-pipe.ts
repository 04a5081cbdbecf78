import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Lets a reader of stdout or stderr go away: what is written from then on is lost, nothing else. */
export function allowClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (!isClosedPipe(error)) throw error;
    });
  }
}

/** Writes texts to stdout no faster than they are read, and makes no more of them when nobody reads. */
export async function printAll(texts: AsyncIterable<string>): Promise<void> {
  try {
    await pipeline(Readable.from(texts), process.stdout, { end: false });
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
