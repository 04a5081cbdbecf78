import type { z } from 'zod';
import { type Retention, type RetireServices, retireRuns } from '../lib/keeping/retire.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openEngine } from './edge/open-engine.ts';
import { logger } from './edge/telemetry.ts';
import { retireMessage } from './messages.ts';

/** Ends what is kept too long, and says how much that was. */
export async function retire(
  services: RetireServices,
  message: z.infer<typeof retireMessage>,
): Promise<void> {
  const keep: Retention = {
    publishedDays: message.published_days,
    unpublishedDays: message.unpublished_days,
  };
  logger.info('retired', { ...(await retireRuns(services, keep)) });
}

export const handler = functionHandler({
  parse: retireMessage.parse,
  open: openEngine,
  work: retire,
});
