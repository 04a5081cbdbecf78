import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { StorageError } from '../../errors.ts';
import type { SecretKeeper } from '../../ports/secret-keeper.ts';

interface ManagedSecret {
  readonly client: SecretsManagerClient;
  /** Name or ARN. */
  readonly id: string;
}

/** A secret of AWS Secrets Manager, which the stack makes: five functions would make five. */
export function openManagedSecret({ client, id }: ManagedSecret): SecretKeeper {
  return {
    place: id,
    async read() {
      const { SecretString } = await client
        .send(new GetSecretValueCommand({ SecretId: id }))
        .catch(failed);
      return SecretString ?? null;
    },
    async keep() {
      throw new StorageError(`Cannot make the secret ${id}: the stack must have made it.`);
    },
  };

  function failed(cause: unknown): never {
    const kind = cause instanceof Error ? cause.name : typeof cause;
    throw new StorageError(`Cannot read the secret ${id}: ${kind}.`, { cause });
  }
}
