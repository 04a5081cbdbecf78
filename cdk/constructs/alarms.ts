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
  readonly over: number;
  readonly periods?: number;
  readonly missingIsBad?: boolean;
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

    this.#alarm('FailedNight', {
      article: 'failed-night',
      says: 'A night failed, ran out of time or was aborted. Readers see the night before.',
      metric: new MathExpression({
        expression: 'failed + timedOut + aborted',
        usingMetrics: {
          failed: metrics.executions('ExecutionsFailed'),
          timedOut: metrics.executions('ExecutionsTimedOut'),
          aborted: metrics.executions('ExecutionsAborted'),
        },
        period: Duration.minutes(5),
        label: 'nights that did not end',
      }),
      over: 0,
    });
    this.#alarm('MissingNight', {
      article: 'missing-night',
      says: 'No night has succeeded for a day.',
      metric: new MathExpression({
        expression: '1 - MIN([1, succeeded])',
        usingMetrics: { succeeded: metrics.executions('ExecutionsSucceeded', Duration.days(1)) },
        period: Duration.days(1),
        label: 'days without a night',
      }),
      over: 0,
      missingIsBad: true,
    });
    this.#alarm('MissedStart', {
      article: 'missed-start',
      says: 'The schedule could not start a night.',
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
      says: 'A dropped file could not be read three times and was set aside.',
      metric: metrics.deadLetters,
      over: 0,
    });
    this.#alarm('FailedRetirement', {
      article: 'failed-retirement',
      says: 'What is kept too long could not be ended.',
      metric: metrics.failedRetirements,
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
    const { article, says, metric, over, periods = 1, missingIsBad = false } = options;
    const alarm = new Alarm(this, id, {
      alarmDescription: `${says} ${this.#runbook}#${article}`,
      metric,
      threshold: over,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: missingIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
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
