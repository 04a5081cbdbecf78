import { Duration } from 'aws-cdk-lib';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ProductFunction } from './product-function.ts';
import { productSchedule } from './product-schedule.ts';
import type { ProductServices } from './product-services.ts';

export interface CompactionOptions extends ProductServices {
  readonly timeZone: string;
  /** Where a start goes that cannot be made. */
  readonly missedStarts: Queue;
}

const kept = ['accepted/', 'pseudonym/', 'compaction/', 'ledger/'];

/** Once an hour small loads are written once more, many together; no dropped file waits for it. */
export class Compaction extends Construct {
  readonly compact: ProductFunction;

  constructor(scope: Construct, id: string, options: CompactionOptions) {
    super(scope, id);
    const { lake, timeZone, missedStarts } = options;
    this.compact = new ProductFunction(this, 'Compact', {
      ...options,
      bundle: 'ingest',
      name: 'compact',
      memoryMiB: 3008,
      // 64 loads of less than 4 MiB, their pseudonyms, and the parts that they become.
      scratchMiB: 2048,
      timeout: Duration.minutes(15),
    });
    lake.grant(this.compact.role, {
      read: [...kept, 'load/', 'delivery/', 'quarantine/'],
      write: kept,
      list: [...kept, 'load/', 'delivery/', 'quarantine/'],
    });
    productSchedule(this, {
      lake,
      description: 'Writes small loads once more, many together',
      expression: 'rate(1 hour)',
      timeZone,
      target: {
        arn: this.compact.lambda.functionArn,
        action: 'lambda:InvokeFunction',
        input: '{}',
      },
      missedStarts,
    });
  }
}
