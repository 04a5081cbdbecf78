import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { vi } from 'vitest';

export type FunctionName =
  | 'ingest'
  | 'compact'
  | 'begin'
  | 'render'
  | 'seal'
  | 'compute'
  | 'publish'
  | 'deliver';

export type Invoke = (name: FunctionName, event: unknown) => Promise<unknown>;

/** What a function is told by its environment, and where the services are. */
export interface Environment {
  readonly bucket: string;
  readonly results: string;
  readonly database: string;
  readonly workgroup: string;
  /** Path of the configuration file. */
  readonly settings: string;
  /** Where Secrets Manager keeps what keys are made with. */
  readonly secret: string;
  readonly awsUrl: string;
  readonly secretsUrl: string;
  readonly athenaUrl: string;
}

/**
 * The real handlers in containers of their own: each is imported anew with its environment set, and
 * takes and gives JSON as Lambda does. One environment at a time.
 */
export async function startContainers(environment: Environment): Promise<Invoke> {
  vi.unstubAllEnvs();
  const variables = {
    BUCKET: environment.bucket,
    RESULTS: environment.results,
    DATABASE: environment.database,
    WORK_GROUP: environment.workgroup,
    SETTINGS: environment.settings,
    SECRET: environment.secret,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_S3: environment.awsUrl,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: environment.secretsUrl,
    AWS_ENDPOINT_URL_ATHENA: environment.athenaUrl,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
    AWS_LAMBDA_FUNCTION_NAME: 'clientele',
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
  vi.resetModules();
  const modules = {
    ingest: await import('../../../functions/ingest.ts'),
    compact: await import('../../../functions/compact.ts'),
    begin: await import('../../../functions/begin.ts'),
    render: await import('../../../functions/render.ts'),
    seal: await import('../../../functions/seal.ts'),
    compute: await import('../../../functions/compute.ts'),
    publish: await import('../../../functions/publish.ts'),
    deliver: await import('../../../functions/deliver.ts'),
  };
  return async (name, event) => {
    const handler = modules[name].handler as (event: unknown, context: Context) => Promise<unknown>;
    const answer = await handler(JSON.parse(JSON.stringify(event)), contextOf(name));
    return JSON.parse(JSON.stringify(answer ?? null));
  };
}

function contextOf(functionName: string): Context {
  return {
    awsRequestId: randomUUID(),
    functionName,
    functionVersion: '$LATEST',
    memoryLimitInMB: '1024',
    invokedFunctionArn: `arn:function:${functionName}`,
    getRemainingTimeInMillis: () => 900_000,
  } as Context;
}
