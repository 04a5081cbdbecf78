import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  ArnPrincipal,
  type IGrantable,
  type IRole,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
  StorageClass,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';

/** What a role may do, each by key, or by prefix where it ends with `/`. */
export interface Access {
  readonly read?: readonly string[];
  readonly write?: readonly string[];
  readonly remove?: readonly string[];
  readonly list?: readonly string[];
}

/** For so many a statement more is shorter. */
const manyPrefixes = 4;

/**
 * The bucket of everything that is dropped, accepted, computed and published, its key, and a bucket
 * for access logs. All three outlive the stack.
 */
export class Lake extends Construct {
  readonly bucket: Bucket;
  readonly key: Key;
  /** Of every bucket. */
  readonly accessLogs: Bucket;

  constructor(scope: Construct, id: string, { keep }: Deployment) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: 'Everything that Clientele keeps',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.#letLogsEncrypt();
    // A bucket that receives access logs cannot use a key of KMS.
    this.accessLogs = new Bucket(this, 'AccessLogs', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      lifecycleRules: [
        {
          expiration: Duration.days(keep.access_logs_days),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: this.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: this.accessLogs as IBucket,
      serverAccessLogsPrefix: 'lake/',
      lifecycleRules: [
        { id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(7) },
        {
          id: 'replaced-objects',
          noncurrentVersionExpiration: Duration.days(keep.replaced_days),
          expiredObjectDeleteMarker: true,
        },
        ...['drop/', 'accepted/', 'tables/'].map((prefix) => ({
          id: `seldom-read-${prefix.slice(0, -1)}`,
          prefix,
          transitions: [
            {
              storageClass: StorageClass.INTELLIGENT_TIERING,
              transitionAfter: Duration.days(30),
            },
          ],
        })),
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Said to CloudFormation itself: the construct's own option deploys one more function for it.
    (this.bucket.node.defaultChild as CfnBucket).addPropertyOverride(
      'NotificationConfiguration.EventBridgeConfiguration.EventBridgeEnabled',
      true,
    );
  }

  /**
   * Lets a role use objects below prefixes, and nothing beside them. It stands in the bucket's own
   * policy, so that one place tells who may touch what.
   */
  grant(role: IRole, access: Access): void {
    const principals = [new ArnPrincipal(role.roleArn)];
    const allow = (actions: string[], prefixes: readonly string[] = []) => {
      if (prefixes.length === 0) return;
      const resources = prefixes.map((prefix) =>
        this.bucket.arnForObjects(prefix.endsWith('/') ? `${prefix}*` : prefix),
      );
      this.bucket.addToResourcePolicy(new PolicyStatement({ principals, actions, resources }));
    };
    const reading = ['s3:GetObject', 's3:GetObjectVersion'];
    const writing = ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'];
    const { read = [], write = [] } = access;
    const common = read.filter((prefix) => write.includes(prefix));
    // A policy holds 20 kB: of many prefixes that are read and written each is named once.
    const isShorter = common.length >= manyPrefixes || common.length === write.length;
    const both = isShorter ? common : [];
    const others = (prefixes: readonly string[]) => prefixes.filter((one) => !both.includes(one));
    allow([...reading, ...writing], both);
    allow(reading, others(read));
    allow(writing, others(write));
    allow(['s3:DeleteObject'], access.remove);
    if (access.list !== undefined) {
      this.bucket.addToResourcePolicy(
        new PolicyStatement({
          principals,
          actions: ['s3:ListBucket'],
          resources: [this.bucket.bucketArn],
          conditions: { StringLike: { 's3:prefix': access.list.map((prefix) => `${prefix}*`) } },
        }),
      );
    }
    this.grantKey(role);
  }

  /** Encrypting and decrypting; written out, because the usual grants hold wildcards. */
  grantKey(to: IGrantable): void {
    to.grantPrincipal.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [this.key.keyArn],
      }),
    );
  }

  #letLogsEncrypt(): void {
    const { region, account, partition } = Stack.of(this);
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${region}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:*`,
          },
        },
      }),
    );
  }
}
