import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { ProductFunction } from './product-function.ts';
import type { ProductServices } from './product-services.ts';

/** A file of 2 GiB takes about 3 minutes. */
const ingestTimeout = Duration.minutes(10);

/** A dropped file → event of the bucket → queue → `ingest`; what fails five times is set aside. */
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
      // Six times the function's time: a message is never handed out twice while it is worked on.
      visibilityTimeout: Duration.minutes(6 * ingestTimeout.toMinutes()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
    });
    const dropped = new Rule(this, 'Dropped', {
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
    this.#refuseOthers(dropped);
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
      read: [
        ...['drop/', 'ledger/', 'load/', 'delivery/', 'accepted/', 'pseudonym/', 'quarantine/'],
        ...['compaction/', 'keys/fingerprint.json'],
      ],
      write: [
        'accepted/',
        'pseudonym/',
        'quarantine/',
        'ledger/',
        'load/',
        'delivery/',
        'keys/fingerprint.json',
      ],
      remove: ['quarantine/'],
      list: [
        ...['drop/', 'ledger/', 'load/', 'delivery/', 'accepted/', 'pseudonym/', 'quarantine/'],
        ...['compaction/', 'keys/'],
      ],
    });
    customerSecret.grantRead(this.ingest);
    this.ingest.lambda.addEventSource(
      // One file a call: of several, those that are done would come back with one that takes too long.
      new SqsEventSource(this.queue, { batchSize: 1, maxConcurrency: 5 }),
    );
  }

  /** Rules of any account may send to a queue that lets EventBridge in, where nothing says which. */
  #refuseOthers(rule: Rule): void {
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queue.queueArn],
        conditions: { ArnNotEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
}
