import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { type CfnStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { allDestinations } from '../../lib/destinations/found.ts';
import { deliveryMachine } from '../state-machine/delivery.ts';
import { ProductFunction } from './product-function.ts';
import { productMachine } from './product-machine.ts';
import type { ProductServices } from './product-services.ts';

export interface DeliveryOptions extends ProductServices {
  /** Where a start goes that cannot be made. */
  readonly missedStarts: Queue;
}

/** The pointer was moved → event of the bucket → the state machine that writes audience files. */
export class Delivery extends Construct {
  readonly stateMachine: CfnStateMachine;
  readonly stateMachineRole: Role;
  readonly deliver: ProductFunction;

  constructor(scope: Construct, id: string, options: DeliveryOptions) {
    super(scope, id);
    const { lake, catalogue, customerSecret, logsDays, missedStarts } = options;
    this.deliver = new ProductFunction(this, 'Deliver', {
      ...options,
      bundle: 'night',
      name: 'deliver',
      memoryMiB: 1024,
      timeout: Duration.minutes(15),
    });
    const tables = ['audience_member', 'audience_change', 'segment_profile'];
    const folders = tables.map((table) => `tables/${table}/`);
    lake.grant(this.deliver.role, {
      read: ['runs/', 'published/', 'sent/', 'keys/fingerprint.json', ...folders],
      write: ['sent/', 'audiences/'],
      list: ['runs/', 'published/', 'sent/', 'audiences/', 'keys/', ...folders],
    });
    customerSecret.grantRead(this.deliver);
    catalogue.grantQueries(this.deliver.role);

    this.stateMachineRole = new Role(this, 'StateMachineRole', {
      assumedBy: new ServicePrincipal('states.amazonaws.com'),
    });
    this.stateMachineRole.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:InvokeFunction'],
        resources: [this.deliver.lambda.functionArn],
      }),
    );
    this.stateMachine = productMachine(this, {
      ...{ lake, logsDays, role: this.stateMachineRole },
      name: `${catalogue.database}-delivery`,
      definition: deliveryMachine(allDestinations),
      substitutions: { DeliverFunction: this.deliver.lambda.functionArn },
    });
    new Rule(this, 'Published', {
      description: 'A run was published',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: {
          bucket: { name: [lake.bucket.bucketName] },
          object: { key: ['published/latest.json'] },
        },
      },
      targets: [
        new SfnStateMachine(
          StateMachine.fromStateMachineArn(this, 'Started', this.stateMachine.attrArn),
          { input: RuleTargetInput.fromObject({}), deadLetterQueue: missedStarts },
        ),
      ],
    });
  }
}
