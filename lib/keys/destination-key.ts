import type { Secret } from './secret.ts';

/**
 * What a destination knows a customer by: the same in every delivery, another one at every
 * destination, so that two of them cannot join what they were sent. 32 hexadecimal digits.
 */
export function destinationKey(
  secret: Secret,
  { destination, customerKey }: { readonly destination: string; readonly customerKey: string },
): string {
  return secret.mac(`destination\n${destination}\n${customerKey}`).slice(0, 32);
}
