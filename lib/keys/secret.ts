import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';
import { ConfigurationError } from '../errors.ts';

/** Nothing of it must be quoted by a shell, a JSON text or a configuration. */
const form = /^[A-Za-z0-9_-]{32,64}$/;

/** Bytes of a block of SHA-256: a key of HMAC is filled up to one. */
const blockBytes = 64;

/**
 * What makes the keys of a home's customers unguessable. It goes into HMAC-SHA-256 (RFC 2104) and
 * nowhere else: printed, logged or turned into JSON it is the word [secret].
 */
export class Secret {
  readonly #key: Buffer;

  private constructor(key: Buffer) {
    this.#key = key;
  }

  /** From its text; fails with a ConfigurationError that does not quote it. `place` is where it stood. */
  static of(text: string, place: string): Secret {
    const trimmed = text.trim();
    if (form.test(trimmed)) return new Secret(Buffer.from(trimmed));
    throw new ConfigurationError(
      `Cannot use the secret of ${place}: it must be 32 to 64 letters, digits, - or _: found ${trimmed.length} characters that are not all such.`,
    );
  }

  /** HMAC-SHA-256 of a text, as 64 hexadecimal characters. */
  mac(message: string): string {
    return createHmac('sha256', this.#key).update(message).digest('hex');
  }

  /**
   * The two blocks of HMAC, for an engine that only knows SHA-256:
   * mac(m) = sha256(outer ‖ sha256(inner ‖ m)).
   */
  pads(): { readonly inner: Uint8Array; readonly outer: Uint8Array } {
    const filled = Uint8Array.from({ length: blockBytes }, (_, i) => this.#key[i] ?? 0);
    return { inner: filled.map((byte) => byte ^ 0x36), outer: filled.map((byte) => byte ^ 0x5c) };
  }

  /** Tells one secret from another, and nothing about it. */
  get fingerprint(): string {
    return this.mac('fingerprint').slice(0, 16);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
