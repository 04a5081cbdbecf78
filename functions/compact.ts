import { EngineError } from '../lib/errors.ts';
import { feedNames } from '../lib/feeds/all.ts';
import { compactParts } from '../lib/keeping/compact-parts.ts';
import { tellable } from './edge/failure.ts';
import { functionHandler } from './edge/function-handler.ts';
import { type CompactServicesNow, openCompact } from './edge/open-compact.ts';
import { logger } from './edge/telemetry.ts';
import { compactMessage } from './messages.ts';

/**
 * Writes the small loads of every feed once more, many together. What was loaded counts without it,
 * so it waits for no file and no file waits for it.
 * Fails with an EngineError, after the other feeds are done, where those of a feed cannot be.
 */
export async function compact(servicesNow: CompactServicesNow): Promise<void> {
  const services = servicesNow();
  const failed: string[] = [];
  for (const feed of feedNames) {
    try {
      const parts = await compactParts(services, feed);
      if (parts.length > 0) logger.info('compacted', { feed, parts });
    } catch (error) {
      logger.error('compacting failed', { feed, error: tellable(error) });
      failed.push(feed);
    }
  }
  if (failed.length === 0) return;
  throw new EngineError(
    `Cannot compact the loads of ${failed.join(', ')}: each of their files must be readable, and the parts writable: the lines before say what failed.`,
  );
}

export const handler = functionHandler({
  parse: compactMessage.parse,
  open: openCompact,
  work: compact,
});
