import { Duration, Stack } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { Lake } from './lake.ts';
import type { ProductMetrics } from './product-metrics.ts';

interface AlarmOptions {
  /** The heading of its article in the runbook, in the form of a link. */
  readonly article: string;
  readonly says: string;
  readonly metric: IMetric;
  readonly over?: number;
  /** Instead of `over`; then to hear nothing at all is an alarm too. */
  readonly under?: number;
}

/** Whatever an operator must look at, each with an article that says what to do. */
export class Alarms extends Construct {
  readonly topic: Topic;
  readonly alarms: Alarm[] = [];
  readonly #runbook: string;

  constructor(
    scope: Construct,
    id: string,
    options: {
      readonly lake: Lake;
      readonly metrics: ProductMetrics;
      readonly deployment: Deployment;
    },
  ) {
    super(scope, id);
    const { lake, metrics, deployment } = options;
    this.#runbook = deployment.runbook;
    this.topic = this.#topic(lake, deployment);

    // An alarm each: of a sum nothing is known while one of its metrics has never been counted.
    for (const [end, says] of [
      ['Failed', 'A night failed.'],
      ['TimedOut', 'A night ran out of time.'],
      ['Aborted', 'A night was aborted.'],
    ]) {
      this.#alarm(`${end}Night`, {
        article: 'failed-night',
        says: `${says} Readers see the night before.`,
        metric: metrics.executions(`Executions${end}`),
        over: 0,
      });
    }
    this.#alarm('MissingNight', {
      article: 'missing-night',
      says: 'No night has succeeded for a day.',
      metric: metrics.executions('ExecutionsSucceeded', Duration.days(1)),
      under: 1,
    });
    for (const [end, says] of [
      ['Failed', 'A delivery failed, or removals wait to be confirmed.'],
      ['TimedOut', 'A delivery ran out of time.'],
      ['Aborted', 'A delivery was aborted.'],
    ]) {
      this.#alarm(`${end}Delivery`, {
        article: 'published-not-delivered',
        says: `${says} Readers see the new night, marketing tools the one before.`,
        metric: metrics.deliveries(`Executions${end}`),
        over: 0,
      });
    }
    this.#alarm('MissingDelivery', {
      article: 'published-not-delivered',
      says: 'No audiences have been delivered for a day.',
      metric: metrics.deliveries('ExecutionsSucceeded', Duration.days(1)),
      under: 1,
    });
    this.#alarm('MissedStart', {
      article: 'missed-start',
      says: 'A night or a delivery could not be started.',
      metric: metrics.missedStarts,
      over: 0,
    });
    this.#alarm('RefusedShare', {
      article: 'refused-share',
      says: `More than ${deployment.refused_share_alarm * 100} % of a day's records were refused.`,
      metric: new MathExpression({
        expression: 'IF(records > 0, refused / records, 0)',
        usingMetrics: {
          records: metrics.product('RecordsIn', Duration.days(1)),
          refused: metrics.product('RecordsRefused', Duration.days(1)),
        },
        period: Duration.days(1),
        label: 'share of refused records',
      }),
      over: deployment.refused_share_alarm,
    });
    this.#alarm('RefusedFile', {
      article: 'refused-file',
      says: 'A dropped file was refused whole: nothing of it is loaded.',
      metric: metrics.product('FilesRefused', Duration.minutes(5)),
      over: 0,
    });
    this.#alarm('QueueAge', {
      article: 'queue-age',
      says: 'A dropped file has waited for more than three hours.',
      metric: metrics.queueAge,
      over: Duration.hours(3).toSeconds(),
    });
    this.#alarm('DeadLetters', {
      article: 'dead-letters',
      says: 'A dropped file could not be read five times and was set aside.',
      metric: metrics.deadLetters,
      over: 0,
    });
    this.#alarm('FailedRetirement', {
      article: 'failed-retirement',
      says: 'What is kept too long could not be ended.',
      metric: metrics.failedRetirements,
      over: 0,
    });
    this.#alarm('FailedCompaction', {
      article: 'failed-compaction',
      says: 'Small loads could not be written together: nights read many small files.',
      metric: metrics.failedCompactions,
      over: 0,
    });
    this.#alarm('ScanBudget', {
      article: 'scan-budget',
      says: `More than ${deployment.scan_budget_gb} GB were scanned in a day.`,
      metric: metrics.scannedBytes,
      over: deployment.scan_budget_gb * 1e9,
    });
  }

  #alarm(id: string, options: AlarmOptions): void {
    const { article, says, metric, over = 0, under } = options;
    const alarm = new Alarm(this, id, {
      alarmDescription: `${says} ${this.#runbook}#${article}`,
      metric,
      evaluationPeriods: 1,
      ...(under === undefined
        ? {
            threshold: over,
            comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.NOT_BREACHING,
          }
        : {
            threshold: under,
            comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
            treatMissingData: TreatMissingData.BREACHING,
          }),
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    this.alarms.push(alarm);
  }

  #topic({ key }: Lake, { alarm_email }: Deployment): Topic {
    const topic = new Topic(this, 'Topic', {
      displayName: 'Clientele',
      masterKey: key,
      enforceSSL: true,
    });
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
    });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
      }),
    );
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudWatch],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    if (alarm_email !== undefined) topic.addSubscription(new EmailSubscription(alarm_email));
    return topic;
  }
}
