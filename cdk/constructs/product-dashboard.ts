import { Duration } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { ProductMetrics } from './product-metrics.ts';

/** Alarms, nights, drops and what was scanned, on one page. */
export class ProductDashboard extends Construct {
  constructor(
    scope: Construct,
    id: string,
    options: { readonly name: string; readonly alarms: Alarms; readonly metrics: ProductMetrics },
  ) {
    super(scope, id);
    const { name, alarms, metrics } = options;
    const day = Duration.days(1);
    new Dashboard(this, 'Dashboard', {
      dashboardName: name,
      defaultInterval: Duration.days(14),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms.alarms], width: 24 })],
        [
          new GraphWidget({
            title: 'Nights a day',
            left: ['ExecutionsSucceeded', 'ExecutionsFailed'].map((metric) =>
              metrics.executions(metric, day),
            ),
          }),
          new GraphWidget({
            title: 'How long a night takes',
            left: [metrics.executions('ExecutionTime', day, 'Maximum')],
          }),
          new GraphWidget({
            title: 'Records a day',
            left: ['RecordsIn', 'RecordsRefused'].map((metric) => metrics.product(metric, day)),
          }),
          new GraphWidget({
            title: 'Waiting files',
            left: [metrics.queueLength, metrics.deadLetters],
            right: [metrics.queueAge],
          }),
        ],
        [new GraphWidget({ title: 'Bytes scanned a day', left: [metrics.scannedBytes] })],
      ],
    });
  }
}
