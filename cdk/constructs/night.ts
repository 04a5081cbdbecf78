import { Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { night } from '../../lib/pipeline.ts';
import { refuseSkippedHour } from '../night-hour.ts';
import { nightMachine } from '../state-machine/definition.ts';
import { NightFunctions } from './night-functions.ts';
import { productMachine } from './product-machine.ts';
import { productSchedule } from './product-schedule.ts';
import type { ProductServices } from './product-services.ts';

export interface NightOptions extends ProductServices {
  /** `HH:MM` in the business time zone. */
  readonly nightAt: string;
  readonly timeZone: string;
}

/** The schedule → the state machine of `lib/pipeline.ts`; a start that cannot be made is set aside. */
export class Night extends Construct {
  readonly stateMachine: CfnStateMachine;
  readonly stateMachineRole: Role;
  readonly missedStarts: Queue;
  readonly functions: NightFunctions;

  constructor(scope: Construct, id: string, options: NightOptions) {
    super(scope, id);
    const { lake } = options;
    this.functions = new NightFunctions(this, 'Functions', options);
    this.stateMachineRole = new Role(this, 'StateMachineRole', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    this.stateMachine = this.#stateMachine(options);
    this.missedStarts = new Queue(this, 'MissedStarts', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: lake.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    this.#schedule(options);
  }

  #stateMachine({ lake, catalogue, logsDays }: NightOptions): CfnStateMachine {
    const { begin, render, seal, compute, publish } = this.functions;
    const role = this.stateMachineRole;
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [begin, render, seal, compute, publish].map(({ lambda }) => lambda.functionArn),
      }),
    );
    catalogue.grantQueries(role);
    catalogue.grantPartitions(role);
    const rows = [
      'accepted/',
      'pseudonym/',
      'compaction/',
      'load/',
      'delivery/',
      'withdrawal/',
      'tables/',
    ];
    lake.grant(role, { read: rows, write: ['tables/'], list: rows });
    return productMachine(this, {
      ...{ lake, logsDays, role },
      name: catalogue.database,
      definition: nightMachine(night),
      substitutions: {
        Database: catalogue.database,
        WorkGroup: catalogue.workGroup,
        BeginFunction: begin.lambda.functionArn,
        RenderFunction: render.lambda.functionArn,
        SealFunction: seal.lambda.functionArn,
        ComputeFunction: compute.lambda.functionArn,
        PublishFunction: publish.lambda.functionArn,
      },
    });
  }

  #schedule({ nightAt, timeZone, lake }: NightOptions): void {
    refuseSkippedHour(nightAt, timeZone);
    const [hour, minute] = nightAt.split(':').map(Number);
    productSchedule(this, {
      lake,
      description: 'Starts the night',
      expression: `cron(${minute} ${hour} * * ? *)`,
      timeZone,
      target: {
        arn: this.stateMachine.attrArn,
        action: 'states:StartExecution',
        // The moment of the schedule names the night, whenever the start arrives.
        input: '{"scheduled_at":"<aws.scheduler.scheduled-time>"}',
        // For 6 hours, with growing pauses: after that the next night is nearer.
        retries: { maximumEventAgeInSeconds: 6 * 3600, maximumRetryAttempts: 185 },
      },
      missedStarts: this.missedStarts,
    });
  }
}
