import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { testSecretText } from '../../secret.ts';
import { credentials, region } from '../s3/bucket.ts';

/** A secret of the stand-in, the one of the tests, so that keys are those of an embedded night; its ARN. */
export async function makeSecret(url: string): Promise<string> {
  const client = new SecretsManagerClient({ endpoint: url, region, credentials });
  const made = await client.send(
    new CreateSecretCommand({ Name: `clientele-${randomUUID()}`, SecretString: testSecretText }),
  );
  if (made.ARN === undefined) throw new Error('the stand-in made no secret');
  return made.ARN;
}
