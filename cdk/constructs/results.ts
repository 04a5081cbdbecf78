import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { ArnPrincipal, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Deployment } from '../deployment.ts';
import type { Lake } from './lake.ts';

/** The bucket of what queries answered and of the manifests of what they wrote, for some days. */
export class Results extends Construct {
  readonly bucket: Bucket;

  constructor(
    scope: Construct,
    id: string,
    options: { readonly lake: Lake; readonly keep: Deployment['keep'] },
  ) {
    super(scope, id);
    const { lake, keep } = options;
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.KMS,
      encryptionKey: lake.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      serverAccessLogsBucket: lake.accessLogs as IBucket,
      serverAccessLogsPrefix: 'results/',
      lifecycleRules: [
        {
          expiration: Duration.days(keep.results_days),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /**
   * Lets a role start queries and read their answers. Before a query Athena looks at the bucket with
   * the rights of whoever starts it, and a right that holds below a prefix only is none there:
   * "Unable to verify/create output bucket". So nothing else lies in it.
   */
  grant(role: IRole): void {
    const principals = [new ArnPrincipal(role.roleArn)];
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: ['s3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads'],
        resources: [this.bucket.bucketArn],
      }),
    );
    this.bucket.addToResourcePolicy(
      new PolicyStatement({
        principals,
        actions: [
          's3:GetObject',
          's3:PutObject',
          's3:AbortMultipartUpload',
          's3:ListMultipartUploadParts',
        ],
        resources: [this.bucket.arnForObjects('*')],
      }),
    );
  }
}
