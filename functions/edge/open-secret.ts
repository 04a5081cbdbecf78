import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { openManagedSecret } from '../../lib/adapters/secrets-manager/secret-keeper.ts';
import { openHomeSecret } from '../../lib/keys/home-secret.ts';
import type { Secret } from '../../lib/keys/secret.ts';
import { readSecretId } from './environment.ts';
import { openStore } from './open.ts';

/** The secret that the stack made, of the few functions that may read it; once a container. */
export async function openSecret(): Promise<Secret> {
  const keeper = openManagedSecret({ client: new SecretsManagerClient(), id: readSecretId() });
  return await openHomeSecret({ ...(await openStore()), keeper });
}
