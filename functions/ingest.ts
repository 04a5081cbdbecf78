import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { z } from 'zod';
import { ingestObject } from '../lib/ingest/ingest.ts';
import type { IngestServices, LoadSummary } from '../lib/ingest/services.ts';
import { type DroppedObject, droppedObject, queueCall } from './drop-event.ts';
import { functionHandler } from './edge/function-handler.ts';
import { type IngestServicesAt, openIngest } from './edge/open-ingest.ts';
import { logger, metrics } from './edge/telemetry.ts';

/**
 * Loads the dropped object of one message. A call that fails gives the message back to the queue,
 * which hands it out again; a file that must be refused is done.
 */
export async function ingest(
  servicesAt: IngestServicesAt,
  { Records: [message] }: z.infer<typeof queueCall>,
): Promise<void> {
  logger.appendKeys({ message_id: message.messageId });
  const dropped = droppedObject(message.body);
  if (dropped === null) return;
  const services = servicesAt(dropped);
  if (await isReplaced(services, dropped)) return;
  tell(await ingestObject(services, dropped.key));
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
  parse: queueCall.parse,
  open: openIngest,
  work: ingest,
  addsMetrics: true,
});
