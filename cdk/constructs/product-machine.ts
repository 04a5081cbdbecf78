import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { Machine } from '../state-machine/states.ts';
import type { Lake } from './lake.ts';

export interface ProductMachineOptions {
  readonly lake: Lake;
  readonly logsDays: RetentionDays;
  /** May do what the tasks need; it is let write logs and traces here. */
  readonly role: Role;
  /** Of its log. */
  readonly name: string;
  readonly definition: Machine;
  /** For the `${…}` of the definition. */
  readonly substitutions: Readonly<Record<string, string>>;
}

/** A state machine with a log that holds no data of its executions. */
export function productMachine(scope: Construct, options: ProductMachineOptions): CfnStateMachine {
  const { lake, logsDays, role, name, definition, substitutions } = options;
  const log = new LogGroup(scope, 'Log', {
    // The prefix keeps the policy of log delivery from growing with every state machine.
    logGroupName: `/aws/vendedlogs/states/${name}`,
    retention: logsDays,
    encryptionKey: lake.key,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  // Neither the delivery of logs nor X-Ray knows resources.
  role.addToPolicy(
    new PolicyStatement({
      actions: [
        'logs:CreateLogDelivery',
        'logs:GetLogDelivery',
        'logs:UpdateLogDelivery',
        'logs:DeleteLogDelivery',
        'logs:ListLogDeliveries',
        'logs:PutResourcePolicy',
        'logs:DescribeResourcePolicies',
        'logs:DescribeLogGroups',
        'xray:PutTraceSegments',
        'xray:PutTelemetryRecords',
        'xray:GetSamplingRules',
        'xray:GetSamplingTargets',
      ],
      resources: ['*'],
    }),
  );
  const stateMachine = new CfnStateMachine(scope, 'StateMachine', {
    stateMachineType: 'STANDARD',
    roleArn: role.roleArn,
    definitionString: JSON.stringify(definition, null, 1),
    definitionSubstitutions: { ...substitutions },
    loggingConfiguration: {
      level: 'ALL',
      includeExecutionData: false,
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: log.logGroupArn } }],
    },
    tracingConfiguration: { enabled: true },
  });
  // What the role may do must be there before the first execution, and before logging is checked.
  stateMachine.node.addDependency(role.node.findChild('DefaultPolicy'));
  return stateMachine;
}
