import { Stack, Validations } from 'aws-cdk-lib';
import { type Catalogue, tablePatterns } from './constructs/catalogue.ts';
import type { CustomerSecret } from './constructs/customer-secret.ts';
import type { Delivery } from './constructs/delivery.ts';
import type { Night } from './constructs/night.ts';

interface Found {
  readonly catalogue: Catalogue;
  readonly night: Night;
  readonly delivery: Delivery;
  readonly customerSecret: CustomerSecret;
}

/** Findings of cdk-nag that stay, each with the evidence that it may; test/cdk/nag.test.ts. */
export function acknowledgeFindings({ catalogue, night, delivery, customerSecret }: Found): void {
  Validations.of(customerSecret.secret).acknowledge({
    id: 'AwsSolutions-SMG4',
    reason:
      'Another secret would give every customer another key: it is never rotated. A test holds who may read it, and that no other does.',
  });
  for (const role of [night.stateMachineRole, delivery.stateMachineRole]) {
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'One statement only: the delivery of logs and X-Ray know no resources (Service Authorization Reference, CloudWatch Logs and X-Ray). A test lists its actions.',
    });
  }
  const arn = 'arn:<AWS::Partition>:glue:<AWS::Region>:<AWS::AccountId>';
  for (const pattern of tablePatterns.filter((tables) => tables.includes('*'))) {
    Validations.of(Stack.of(catalogue)).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${arn}:table/${catalogue.database}/${pattern}]`,
      reason:
        'Tables of the database that is the stack’s own; to name each outgrows a policy. A test lists who may do what with which pattern.',
    });
  }
  Validations.of(night.missedStarts).acknowledge({
    id: 'AwsSolutions-SQS3',
    reason:
      'It is itself the dead-letter queue of the schedule, which the rule does not look at. A test holds that the schedule names it.',
  });
}
