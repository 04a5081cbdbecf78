import type { LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Catalogue } from './catalogue.ts';
import type { CustomerSecret } from './customer-secret.ts';
import type { Lake } from './lake.ts';

/** What every part of the product stands on. */
export interface ProductServices {
  readonly lake: Lake;
  readonly catalogue: Catalogue;
  readonly customerSecret: CustomerSecret;
  readonly settings: LayerVersion;
  readonly bundles: string;
  readonly logsDays: RetentionDays;
  readonly environment: Readonly<Record<string, string>>;
}
