import { Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ProductFunction } from './product-function.ts';

/**
 * What keys of customers are made with: made once, by the stack, under a key of its own; both
 * outlive it. Few functions may read it, and its own policy denies it to everybody else.
 */
export class CustomerSecret extends Construct {
  readonly secret: Secret;
  readonly #key: Key;
  readonly #readers: string[] = [];

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.#key = new Key(this, 'Key', {
      description: 'The secret that keys of Clientele customers are made with',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.secret = new Secret(this, 'Secret', {
      description: 'What keys of customers are made with: another one gives other keys',
      encryptionKey: this.#key,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.secret.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['secretsmanager:GetSecretValue'],
        resources: ['*'],
        conditions: {
          ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.#readers }) },
        },
      }),
    );
  }

  /** Lets a function read it and tells it where it is. */
  grantRead({ role, lambda }: ProductFunction): void {
    this.#readers.push(role.roleArn);
    lambda.addEnvironment('SECRET', this.secret.secretArn);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['secretsmanager:GetSecretValue'],
        resources: [this.secret.secretArn],
      }),
    );
    role.addToPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt'],
        resources: [this.#key.keyArn],
        conditions: {
          StringEquals: {
            'kms:ViaService': `secretsmanager.${Stack.of(this).region}.amazonaws.com`,
          },
        },
      }),
    );
  }
}
