import { randomUUID } from 'node:crypto';
import {
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { awsCall } from '../aws-call.ts';
import type { Bucket } from '../s3/bucket.ts';

export interface Message {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
}

export interface DropQueue {
  /** Every message that waits, read and hidden as a poller of a function does. */
  receive(): Promise<readonly Message[]>;
  /** Done with. */
  remove(message: Message): Promise<void>;
}

/** The bucket's events go through a rule with the template's pattern into a queue. */
export async function connectDrops(
  awsUrl: string,
  bucket: Bucket,
  pattern: unknown,
): Promise<DropQueue> {
  await bucket.client.send(
    new PutBucketVersioningCommand({
      Bucket: bucket.name,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  await bucket.client.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: bucket.name,
      NotificationConfiguration: { EventBridgeConfiguration: {} },
    }),
  );
  const name = `drops-${randomUUID()}`;
  const { QueueUrl } = await awsCall<{ readonly QueueUrl: string }>(awsUrl, 'sqs', 'CreateQueue', {
    QueueName: name,
  });
  const { Attributes } = await awsCall<{ readonly Attributes: { readonly QueueArn: string } }>(
    awsUrl,
    'sqs',
    'GetQueueAttributes',
    { QueueUrl, AttributeNames: ['QueueArn'] },
  );
  await awsCall(awsUrl, 'events', 'PutRule', { Name: name, EventPattern: JSON.stringify(pattern) });
  await awsCall(awsUrl, 'events', 'PutTargets', {
    Rule: name,
    Targets: [{ Id: 'queue', Arn: Attributes.QueueArn }],
  });
  return {
    receive: async () => {
      const messages: Message[] = [];
      for (;;) {
        const { Messages = [] } = await awsCall<{
          readonly Messages?: readonly {
            readonly MessageId: string;
            readonly ReceiptHandle: string;
            readonly Body: string;
          }[];
        }>(awsUrl, 'sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
        if (Messages.length === 0) return messages;
        for (const { MessageId, ReceiptHandle, Body } of Messages) {
          messages.push({ messageId: MessageId, receiptHandle: ReceiptHandle, body: asOfS3(Body) });
        }
      }
    },
    remove: async ({ receiptHandle }) => {
      await awsCall(awsUrl, 'sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: receiptHandle });
    },
  };
}

/**
 * The stand-in writes `eTag` where S3 writes `etag`; nothing else is changed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
function asOfS3(body: string): string {
  return body.replace('"eTag":', '"etag":');
}
