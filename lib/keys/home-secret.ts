import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digestedText, parseDigested } from '../digested.ts';
import { ConfigurationError } from '../errors.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { SecretKeeper } from '../ports/secret-keeper.ts';
import { Secret } from './secret.ts';

/** Beside the tables: which secret their keys were made with. */
const fingerprintKey = 'keys/fingerprint.json';

const noteSchema = z.strictObject({ fingerprint: z.string() });

interface HomeSecret {
  readonly store: ObjectStore;
  readonly keeper: SecretKeeper;
}

/**
 * The secret of a home, made on first use, its fingerprint noted. Fails with a ConfigurationError
 * when the home was made with another one, or when its own is gone: a new one is never made then.
 */
export async function openHomeSecret({ store, keeper }: HomeSecret): Promise<Secret> {
  const noted = await readFingerprint(store);
  if (noted === null) await keepNew(keeper);
  const text = await keeper.read();
  if (text === null) throw refused(keeper, noted, 'none is there');
  const secret = Secret.of(text, keeper.place);
  const agreed = noted ?? (await noteFingerprint(store, secret));
  if (agreed !== secret.fingerprint) throw refused(keeper, agreed, secret.fingerprint);
  return secret;
}

async function keepNew(keeper: SecretKeeper): Promise<void> {
  if ((await keeper.read()) === null) await keeper.keep(randomBytes(32).toString('base64url'));
}

async function readFingerprint(store: ObjectStore): Promise<string | null> {
  const stored = await store.get(fingerprintKey);
  if (stored === null) return null;
  const remedy =
    'It tells which secret the keys were made with: put it back from a copy of the home.';
  return parseDigested(stored.body, noteSchema, { key: fingerprintKey, remedy }).fingerprint;
}

/** Notes it unless another process was first; returns the one that is noted. */
async function noteFingerprint(store: ObjectStore, { fingerprint }: Secret): Promise<string> {
  const isFirst = await store.putIfAbsent(fingerprintKey, digestedText({ fingerprint }));
  return isFirst ? fingerprint : ((await readFingerprint(store)) as string);
}

function refused({ place }: SecretKeeper, noted: string | null, found: string): ConfigurationError {
  return new ConfigurationError(
    `Cannot use the secret of ${place}: it must be the one of fingerprint ${noted}, which this home's keys are made with: found ${found}.
With another, every customer would get another key: nothing would be carried over from the nights before, and every audience would be taken from its destination and sent anew.
Put the secret back from where you keep it. To begin anew with another one, use a new home and drop the files there again.`,
  );
}
