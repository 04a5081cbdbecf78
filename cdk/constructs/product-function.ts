import { join } from 'node:path';
import { type Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  type LayerVersion,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { bundleFolders } from '../../scripts/bundle-folders.ts';
import type { Lake } from './lake.ts';

export interface ProductFunctionOptions {
  readonly lake: Lake;
  /** The folder that `npm run bundle` made. */
  readonly bundles: string;
  /** The folder in it. */
  readonly bundle: keyof typeof bundleFolders;
  readonly name: string;
  readonly memoryMiB: number;
  readonly timeout: Duration;
  readonly scratchMiB?: number;
  readonly logsDays: RetentionDays;
  readonly environment: Readonly<Record<string, string>>;
  readonly layers?: readonly LayerVersion[];
}

/** One function with a role and a log of its own; it may write its log, and what it is granted. */
export class ProductFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, options: ProductFunctionOptions) {
    super(scope, id);
    const {
      lake,
      bundles,
      bundle,
      name,
      memoryMiB,
      timeout,
      scratchMiB = 512,
      layers = [],
    } = options;
    const logGroup = new LogGroup(this, 'Log', {
      retention: options.logsDays,
      encryptionKey: lake.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(this.role);
    this.lambda = new LambdaFunction(this, 'Function', {
      description: `Clientele: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code: Code.fromAsset(join(bundles, bundle)),
      handler: `${name}.handler`,
      memorySize: memoryMiB,
      timeout,
      ephemeralStorageSize: Size.mebibytes(scratchMiB),
      environment: { ...options.environment },
      environmentEncryption: lake.key,
      layers: [...layers],
      role: this.role,
      logGroup,
    });
    lake.grantKey(this.role);
  }
}
