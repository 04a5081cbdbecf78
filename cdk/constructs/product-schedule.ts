import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Lake } from './lake.ts';

export interface ProductScheduleOptions {
  readonly lake: Lake;
  readonly description: string;
  /** `cron(…)` or `rate(…)`. */
  readonly expression: string;
  readonly timeZone: string;
  readonly target: {
    readonly arn: string;
    /** What starts it, and all that the schedule may do. */
    readonly action: 'states:StartExecution' | 'lambda:InvokeFunction';
    readonly input: string;
    /** A start that fails is tried again for a day where nothing is said. */
    readonly retries?: CfnSchedule.RetryPolicyProperty;
  };
  /** Where a start goes that cannot be made. */
  readonly missedStarts: Queue;
}

/** Starts one thing at its times, with a role that may do that and no more. */
export function productSchedule(scope: Construct, options: ProductScheduleOptions): void {
  const { lake, description, expression, timeZone, target, missedStarts } = options;
  const role = new Role(scope, 'ScheduleRole', {
    assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  });
  role.addToPolicy(new PolicyStatement({ actions: [target.action], resources: [target.arn] }));
  role.addToPolicy(
    new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [missedStarts.queueArn] }),
  );
  lake.grantKey(role);
  const schedule = new CfnSchedule(scope, 'Schedule', {
    description,
    scheduleExpression: expression,
    scheduleExpressionTimezone: timeZone,
    flexibleTimeWindow: { mode: 'OFF' },
    kmsKeyArn: lake.key.keyArn,
    target: {
      arn: target.arn,
      roleArn: role.roleArn,
      input: target.input,
      deadLetterConfig: { arn: missedStarts.queueArn },
      ...(target.retries === undefined ? {} : { retryPolicy: target.retries }),
    },
  });
  schedule.node.addDependency(role.node.findChild('DefaultPolicy'));
}
