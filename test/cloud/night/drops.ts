import { randomUUID } from 'node:crypto';
import {
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
} from '@aws-sdk/client-s3';
import { awsCall } from '../aws-call.ts';
import type { Bucket } from '../s3/bucket.ts';
import type { DeployedParts } from './template.ts';

export interface Message {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
}

export interface DropQueue {
  /** So many messages of those that wait, all where nothing is said; others do not see them. */
  receive(most?: number): Promise<readonly Message[]>;
  /** Done with. */
  remove(message: Message): Promise<void>;
  /** Not done: it waits again. */
  giveBack(message: Message): Promise<void>;
  /** What was received too often, and not told of yet. */
  deadLetters(): Promise<readonly Message[]>;
}

/** As long as no test lasts. */
const hiddenSeconds = 3_600;

/** The bucket's events go through a rule with the template's pattern into a queue. */
export async function connectDrops(
  awsUrl: string,
  bucket: Bucket,
  { dropPattern, maxReceiveCount }: Pick<DeployedParts, 'dropPattern' | 'maxReceiveCount'>,
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
  const deadLetters = await makeQueue(awsUrl, `${name}-dead`);
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount });
  const queue = await makeQueue(awsUrl, name, { RedrivePolicy });
  await awsCall(awsUrl, 'events', 'PutRule', {
    Name: name,
    EventPattern: JSON.stringify(dropPattern),
  });
  await awsCall(awsUrl, 'events', 'PutTargets', {
    Rule: name,
    Targets: [{ Id: 'queue', Arn: queue.arn }],
  });
  const told = (receiptHandle: string) => ({ QueueUrl: queue.url, ReceiptHandle: receiptHandle });
  return {
    receive: (most) => receive(awsUrl, queue.url, most),
    remove: async ({ receiptHandle }) => {
      await awsCall(awsUrl, 'sqs', 'DeleteMessage', told(receiptHandle));
    },
    giveBack: async ({ receiptHandle }) => {
      const now = { ...told(receiptHandle), VisibilityTimeout: 0 };
      await awsCall(awsUrl, 'sqs', 'ChangeMessageVisibility', now);
    },
    deadLetters: () => receive(awsUrl, deadLetters.url),
  };
}

async function makeQueue(
  awsUrl: string,
  QueueName: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<{ readonly url: string; readonly arn: string }> {
  const queue = {
    QueueName,
    Attributes: { ...attributes, VisibilityTimeout: String(hiddenSeconds) },
  };
  const { QueueUrl } = await awsCall<{ readonly QueueUrl: string }>(
    ...([awsUrl, 'sqs', 'CreateQueue', queue] as const),
  );
  const { Attributes } = await awsCall<{ readonly Attributes: { readonly QueueArn: string } }>(
    ...([awsUrl, 'sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] }] as const),
  );
  return { url: QueueUrl, arn: Attributes.QueueArn };
}

async function receive(
  awsUrl: string,
  QueueUrl: string,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  while (messages.length < most) {
    const { Messages = [] } = await awsCall<{
      readonly Messages?: readonly {
        readonly MessageId: string;
        readonly ReceiptHandle: string;
        readonly Body: string;
      }[];
    }>(awsUrl, 'sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: Math.min(10, most - messages.length),
    });
    if (Messages.length === 0) break;
    for (const { MessageId, ReceiptHandle, Body } of Messages) {
      messages.push({ messageId: MessageId, receiptHandle: ReceiptHandle, body: asOfS3(Body) });
    }
  }
  return messages;
}

/**
 * The stand-in writes `eTag` where S3 writes `etag`; nothing else is changed.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html
 */
function asOfS3(body: string): string {
  return body.replace('"eTag":', '"etag":');
}
