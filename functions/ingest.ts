import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse } from 'aws-lambda';
import type { z } from 'zod';
import type { FeedName } from '../lib/feeds/all.ts';
import { ingestObject } from '../lib/ingest/ingest.ts';
import type { IngestServices, LoadSummary } from '../lib/ingest/services.ts';
import { compactParts } from '../lib/keeping/compact-parts.ts';
import { type DroppedObject, droppedObject, queueBatch } from './drop-event.ts';
import { tellable } from './edge/failure.ts';
import { functionHandler } from './edge/function-handler.ts';
import { type IngestServicesAt, openIngest } from './edge/open-ingest.ts';
import { logger, metrics } from './edge/telemetry.ts';

/**
 * Loads the dropped objects of a batch one after another, then compacts what has become many small
 * parts. A message that fails is tried again by the queue and the others are done; a file that must
 * be refused is done too.
 */
export async function ingest(
  servicesAt: IngestServicesAt,
  batch: z.infer<typeof queueBatch>,
  context: Context,
): Promise<SQSBatchResponse> {
  const fed = new Map<FeedName, IngestServices>();
  const load = async ({
    body,
    messageId,
  }: {
    readonly body: string;
    readonly messageId: string;
  }): Promise<void> => {
    try {
      const dropped = droppedObject(body);
      if (dropped === null) return;
      const services = servicesAt(dropped);
      if (await isReplaced(services, dropped)) return;
      const summary = await ingestObject(services, dropped.key);
      tell(summary);
      if (summary.status === 'loaded') fed.set(summary.feed as FeedName, services);
    } catch (error) {
      logger.error('a message failed', { message_id: messageId, error: tellable(error) });
      throw error;
    }
  };
  const processor = new BatchProcessor(EventType.SQS);
  const response = await processPartialResponse(batch, load, processor, {
    context,
    processInParallel: false,
    throwOnFullBatchFailure: false,
  });
  for (const [feed, services] of fed) await compact(services, feed);
  return response;
}

/** What was loaded counts without it, and the next file of the feed has it tried again. */
async function compact(services: IngestServices, feed: FeedName): Promise<void> {
  try {
    const parts = await compactParts(services, feed);
    if (parts.length > 0) logger.info('compacted', { feed, parts });
  } catch (error) {
    logger.error('compacting failed', { feed, error: tellable(error) });
  }
}

/**
 * In a bucket without versions another object may stand there by now: its own event brings it, and
 * this one has nothing left to read.
 */
async function isReplaced({ store }: IngestServices, dropped: DroppedObject): Promise<boolean> {
  if (dropped.versionId !== null) return false;
  const found = await store.head(dropped.key);
  return found !== null && found.etag.replaceAll('"', '') !== dropped.etag.replaceAll('"', '');
}

function tell(load: LoadSummary): void {
  const { file, feed, source, loadId, status, recordsIn, accepted, quarantined, ignored } = load;
  const rules = load.problems.map(({ rule }) => rule);
  const counts = { recordsIn, accepted, quarantined, ignored, rules: [...new Set(rules)] };
  logger.info('loaded', { file, feed, source, loadId, status, ...counts });
  if (status === 'unchanged') return;
  metrics.addMetric('RecordsIn', MetricUnit.Count, recordsIn);
  metrics.addMetric('RecordsRefused', MetricUnit.Count, quarantined);
  metrics.addMetric('FilesRefused', MetricUnit.Count, status === 'refused' ? 1 : 0);
}

export const handler = functionHandler({
  parse: queueBatch.parse,
  open: openIngest,
  work: ingest,
  addsMetrics: true,
});
