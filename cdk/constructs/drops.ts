import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ProductFunction } from './product-function.ts';
import type { ProductServices } from './product-services.ts';

/** A file of 2 GiB takes about 3 minutes; a batch may hold several. */
const ingestTimeout = Duration.minutes(10);

/** A dropped file → event of the bucket → queue → `ingest`; what fails three times is set aside. */
export class Drops extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly ingest: ProductFunction;

  constructor(scope: Construct, id: string, services: ProductServices) {
    super(scope, id);
    const { lake, customerSecret } = services;
    const encrypted = {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: lake.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    };
    this.deadLetters = new Queue(this, 'DeadLetters', encrypted);
    this.queue = new Queue(this, 'Queue', {
      ...encrypted,
      // Six times the function's time: a batch is never handed out twice while it is worked on.
      visibilityTimeout: Duration.minutes(6 * ingestTimeout.toMinutes()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 3 },
    });
    new Rule(this, 'Dropped', {
      description: 'A file was put into the drop folder',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [lake.bucket.bucketName] },
          object: { key: [{ prefix: 'drop/' }] },
        },
      },
      targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
    });
    this.ingest = new ProductFunction(this, 'Ingest', {
      ...services,
      bundle: 'ingest',
      name: 'ingest',
      memoryMiB: 3008,
      // The inflated file, a copy in UTF-8, a numbered copy, accepted rows: up to four times 2 GiB.
      scratchMiB: 10_240,
      timeout: ingestTimeout,
      layers: [services.settings],
    });
    lake.grant(this.ingest.role, {
      read: ['drop/', 'load/', 'accepted/', 'pseudonym/', 'compaction/', 'keys/fingerprint.json'],
      write: [
        'accepted/',
        'pseudonym/',
        'quarantine/',
        'load/',
        'delivery/',
        'compaction/',
        'keys/fingerprint.json',
      ],
      remove: ['quarantine/'],
      list: ['drop/', 'load/', 'accepted/', 'pseudonym/', 'compaction/', 'keys/'],
    });
    customerSecret.grantRead(this.ingest);
    this.ingest.lambda.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: 10,
        maxConcurrency: 5,
        reportBatchItemFailures: true,
      }),
    );
  }
}
