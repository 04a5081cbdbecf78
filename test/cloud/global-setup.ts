import type { TestProject } from 'vitest/node';
import { credentials, region } from './s3/bucket.ts';
import { installMoto } from './s3/install.ts';
import { startMoto } from './s3/server.ts';
import { installTrino } from './trino/install.ts';
import { findJdk } from './trino/java.ts';
import { startTrino } from './trino/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    cloud: { readonly awsUrl: string; readonly trinoUrl: string };
  }
}

/**
 * Starts the servers that all tests of the project share: the stand-in of S3, SQS and EventBridge,
 * and a Trino that reads and writes there. The answer stops them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const jdk = await findJdk();
  const installed = await installTrino({ jdk, tell });
  const moto = await startMoto({ installed: await installMoto(tell), tell });
  try {
    const trino = await startTrino({
      installed,
      jdk,
      tell,
      catalogue: {
        'fs.native-s3.enabled': 'true',
        's3.endpoint': moto.url,
        's3.region': region,
        's3.path-style-access': 'true',
        's3.aws-access-key': credentials.accessKeyId,
        's3.aws-secret-key': credentials.secretAccessKey,
        // Files below 3 MB, as all are here, would be read whole, and columns less than 1 MB apart
        // together with what lies between: neither matters to tables of a size that costs anything.
        'parquet.small-file-threshold': '0B',
        'parquet.max-merge-distance': '0B',
      },
    });
    project.provide('cloud', { awsUrl: moto.url, trinoUrl: trino.url });
    return async () => {
      await trino.stop();
      await moto.stop();
    };
  } catch (error) {
    await moto.stop();
    throw error;
  }
}
