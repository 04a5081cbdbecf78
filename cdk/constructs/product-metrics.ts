import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Catalogue } from './catalogue.ts';
import type { Compaction } from './compaction.ts';
import type { Delivery } from './delivery.ts';
import type { Drops } from './drops.ts';
import type { Night } from './night.ts';
import type { Retirement } from './retirement.ts';

/** Namespace and dimension of what functions count: functions/edge/telemetry.ts says the same. */
const product = { namespace: 'Clientele', dimensionsMap: { service: 'clientele' } };

/** What is counted: alarms and dashboard look at the same. */
export class ProductMetrics {
  readonly missedStarts: IMetric;
  readonly queueAge: IMetric;
  readonly queueLength: IMetric;
  readonly deadLetters: IMetric;
  readonly scannedBytes: IMetric;
  readonly failedRetirements: IMetric;
  readonly failedCompactions: IMetric;
  readonly #nightArn: string;
  readonly #deliveryArn: string;

  constructor(parts: {
    readonly drops: Drops;
    readonly night: Night;
    readonly delivery: Delivery;
    readonly retirement: Retirement;
    readonly compaction: Compaction;
    readonly catalogue: Catalogue;
  }) {
    const { drops, night, delivery, retirement, compaction, catalogue } = parts;
    const [statistic, period] = ['Maximum', Duration.minutes(5)];
    const options = { statistic, period };
    this.#nightArn = night.stateMachine.attrArn;
    this.#deliveryArn = delivery.stateMachine.attrArn;
    this.missedStarts = night.missedStarts.metricApproximateNumberOfMessagesVisible(options);
    this.queueAge = drops.queue.metricApproximateAgeOfOldestMessage(options);
    this.queueLength = drops.queue.metricApproximateNumberOfMessagesVisible(options);
    this.deadLetters = drops.deadLetters.metricApproximateNumberOfMessagesVisible(options);
    this.failedRetirements = retirement.retire.lambda.metricErrors({ period });
    this.failedCompactions = compaction.compact.lambda.metricErrors({ period });
    this.scannedBytes = scannedBytes(catalogue.workGroup);
  }

  /** Counted by Step Functions: ExecutionsSucceeded, ExecutionsFailed, ExecutionTime, … */
  executions(metricName: string, period = Duration.minutes(5), statistic = 'Sum'): Metric {
    return ofMachine(this.#nightArn, { metricName, period, statistic });
  }

  /** The same of deliveries. */
  deliveries(metricName: string, period = Duration.minutes(5)): Metric {
    return ofMachine(this.#deliveryArn, { metricName, period, statistic: 'Sum' });
  }

  /** Counted by functions/ingest.ts. */
  product(metricName: string, period: Duration): Metric {
    return new Metric({ ...product, metricName, statistic: 'Sum', period });
  }
}

function ofMachine(
  StateMachineArn: string,
  metric: {
    readonly metricName: string;
    readonly period: Duration;
    readonly statistic: string;
  },
): Metric {
  return new Metric({ namespace: 'AWS/States', dimensionsMap: { StateMachineArn }, ...metric });
}

/** Scanned by SELECT, INSERT and the like in a day; queries that fail are counted elsewhere. */
function scannedBytes(workGroup: string): Metric {
  return new Metric({
    namespace: 'AWS/Athena',
    metricName: 'ProcessedBytes',
    dimensionsMap: { WorkGroup: workGroup, QueryState: 'SUCCEEDED', QueryType: 'DML' },
    statistic: 'Sum',
    period: Duration.days(1),
  });
}
