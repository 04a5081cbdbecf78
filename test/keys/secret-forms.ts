import { Secret } from '../../lib/keys/secret.ts';

/** A secret as it might slip out: itself, encoded, or as the blocks that HMAC makes of it. */
export function formsOfSecret(text: string): readonly string[] {
  const { inner, outer } = Secret.of(text, 'the test').pads();
  return [Buffer.from(text), Buffer.from(inner), Buffer.from(outer)].flatMap((bytes) => [
    bytes.toString('latin1').slice(0, 20),
    bytes.toString('hex').slice(0, 24),
    bytes.toString('hex').slice(0, 24).toUpperCase(),
    bytes.toString('base64').slice(0, 24),
    bytes.toString('base64url').slice(0, 24),
  ]);
}
