import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import { ProductFunction } from './product-function.ts';
import { productSchedule } from './product-schedule.ts';
import type { ProductServices } from './product-services.ts';

export interface RetirementOptions extends ProductServices {
  readonly keep: Deployment['keep'];
  readonly timeZone: string;
  /** Where a start goes that cannot be made. */
  readonly missedStarts: Queue;
}

/** Once a week, at a time of day when no night runs, what is kept too long is ended. */
export class Retirement extends Construct {
  readonly retire: ProductFunction;

  constructor(scope: Construct, id: string, options: RetirementOptions) {
    super(scope, id);
    const { lake, catalogue, keep, timeZone, missedStarts } = options;
    this.retire = new ProductFunction(this, 'Retire', {
      ...options,
      bundle: 'night',
      name: 'retire',
      memoryMiB: 512,
      timeout: Duration.minutes(15),
    });
    lake.grant(this.retire.role, {
      read: ['published/', 'ledger/', 'compaction/', 'sent/'],
      write: ['published/latest.json'],
      remove: ['published/runs/', 'tables/', 'accepted/', 'pseudonym/'],
      list: [
        ...['published/', 'tables/', 'ledger/', 'accepted/', 'pseudonym/', 'compaction/', 'sent/'],
      ],
    });
    catalogue.grantQueries(this.retire.role);
    catalogue.grantRemovingPartitions(this.retire.role);
    catalogue.grantViews(this.retire.role);

    productSchedule(this, {
      lake,
      description: 'Ends what is kept too long',
      expression: 'cron(0 15 ? * SUN *)',
      timeZone,
      target: {
        arn: this.retire.lambda.functionArn,
        action: 'lambda:InvokeFunction',
        input: JSON.stringify({
          published_days: keep.published_days,
          unpublished_days: keep.unpublished_days,
        }),
      },
      missedStarts,
    });
  }
}
