import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { StorageError } from './errors.ts';

/** JSON of an object that ends with the digest of the rest, so that damage to it is seen. */
export function digestedText(value: object): string {
  return `${JSON.stringify({ ...value, sha256: digestOf(value) }, null, 2)}\n`;
}

/**
 * What `digestedText` wrote. Fails with a StorageError that names the object and says what to do
 * (`remedy`, a sentence) when it is cut short, changed, or of another form.
 */
export function parseDigested<T>(
  body: Buffer,
  schema: z.ZodType<T>,
  { key, remedy }: { readonly key: string; readonly remedy: string },
): T {
  try {
    const { sha256, ...value } = JSON.parse(body.toString()) as Record<string, unknown>;
    if (sha256 === digestOf(value)) return schema.parse(value);
  } catch {
    // Neither JSON nor of this form: told below, without a word of what stands there.
  }
  throw new StorageError(
    `Cannot read ${key}: it must be as it was written: found one that is cut short or changed. ${remedy}`,
  );
}

/** Of the JSON of an object, whatever blanks it is written with. */
export function digestOf(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
