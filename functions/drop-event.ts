import { z } from 'zod';
import { dropFolder, isDelivery } from '../lib/ingest/drop-key.ts';

/** One version of one object, as its event names it. */
export interface DroppedObject {
  readonly key: string;
  readonly etag: string;
  /** Null in a bucket without versions. */
  readonly versionId: string | null;
}

/** What the queue hands over: one message a call, as `cdk/constructs/drops.ts` says. */
export const queueCall = z.object({
  Records: z.tuple([z.looseObject({ messageId: z.string(), body: z.string() })]),
});

const bucketEvent = z.object({ source: z.literal('aws.s3'), 'detail-type': z.string() });

const objectCreated = z.object({
  detail: z.object({
    object: z.object({
      key: z.string().min(1),
      etag: z.string().min(1),
      'version-id': z.string().min(1).optional(),
    }),
  }),
});

/**
 * The object that an event of the bucket says was put into the drop folder; null for any other
 * event. Fails when the text is no event of a bucket at all.
 */
export function droppedObject(body: string): DroppedObject | null {
  const event: unknown = JSON.parse(body);
  if (bucketEvent.parse(event)['detail-type'] !== 'Object Created') return null;
  const { key, etag, 'version-id': versionId } = objectCreated.parse(event).detail.object;
  if (!key.startsWith(dropFolder) || !isDelivery(key)) return null;
  return { key, etag, versionId: versionId ?? null };
}
