import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../lib/config.ts';
import { acknowledgeFindings } from './acknowledgements.ts';
import { Alarms } from './constructs/alarms.ts';
import { Catalogue } from './constructs/catalogue.ts';
import { Compaction } from './constructs/compaction.ts';
import { CustomerSecret } from './constructs/customer-secret.ts';
import { Delivery } from './constructs/delivery.ts';
import { Drops } from './constructs/drops.ts';
import { Lake } from './constructs/lake.ts';
import { Night } from './constructs/night.ts';
import { ProductDashboard } from './constructs/product-dashboard.ts';
import { ProductMetrics } from './constructs/product-metrics.ts';
import type { ProductServices } from './constructs/product-services.ts';
import { Results } from './constructs/results.ts';
import { Retirement } from './constructs/retirement.ts';
import { settingsLayer, settingsPath } from './constructs/settings-layer.ts';
import type { Deployment } from './deployment.ts';

export interface ClienteleStackProps extends StackProps {
  readonly deployment: Deployment;
  readonly config: Config;
  /** The folder that `npm run bundle` made. */
  readonly bundles: string;
}

/** The whole product: a bucket that is dropped into, a night, and tables to read. */
export class ClienteleStack extends Stack {
  constructor(scope: Construct, id: string, props: ClienteleStackProps) {
    super(scope, id, props);
    const { deployment, config, bundles } = props;
    const lake = new Lake(this, 'Lake', deployment);
    const results = new Results(this, 'Results', { lake, keep: deployment.keep });
    const catalogue = new Catalogue(this, 'Catalogue', { lake, results, deployment });
    const customerSecret = new CustomerSecret(this, 'CustomerSecret');
    const services: ProductServices = {
      lake,
      catalogue,
      customerSecret,
      bundles,
      settings: settingsLayer(this, config),
      logsDays: deployment.keep.logs_days,
      environment: {
        BUCKET: lake.bucket.bucketName,
        RESULTS: results.bucket.bucketName,
        DATABASE: catalogue.database,
        WORK_GROUP: catalogue.workGroup,
        SETTINGS: settingsPath,
        POWERTOOLS_LOG_LEVEL: 'INFO',
      },
    };
    const drops = new Drops(this, 'Drops', services);
    const night = new Night(this, 'Night', {
      ...services,
      nightAt: deployment.night_at,
      timeZone: config.time_zone,
    });
    const delivery = new Delivery(this, 'Delivery', {
      ...services,
      missedStarts: night.missedStarts,
    });
    const retirement = new Retirement(this, 'Retirement', {
      ...services,
      keep: deployment.keep,
      timeZone: config.time_zone,
      missedStarts: night.missedStarts,
    });
    const compaction = new Compaction(this, 'Compaction', {
      ...services,
      timeZone: config.time_zone,
      missedStarts: night.missedStarts,
    });
    const metrics = new ProductMetrics({
      ...{ drops, night, delivery, retirement, compaction, catalogue },
    });
    const alarms = new Alarms(this, 'Alarms', { lake, metrics, deployment });
    new ProductDashboard(this, 'Dashboard', { name: deployment.name, alarms, metrics });

    new CfnOutput(this, 'Bucket', { value: lake.bucket.bucketName });
    new CfnOutput(this, 'ResultsBucket', { value: results.bucket.bucketName });
    new CfnOutput(this, 'WorkGroup', { value: catalogue.workGroup });
    new CfnOutput(this, 'Database', { value: catalogue.database });
    new CfnOutput(this, 'StateMachine', { value: night.stateMachine.attrArn });
    new CfnOutput(this, 'DeliveryMachine', { value: delivery.stateMachine.attrArn });
    new CfnOutput(this, 'SecretArn', { value: customerSecret.secret.secretArn });
    acknowledgeFindings({ catalogue, night, delivery, customerSecret });
  }
}
