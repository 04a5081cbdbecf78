import type { z } from 'zod';
import { type DeliverServices, deliver as deliverTo, heldText } from '../lib/delivery/deliver.ts';
import { destinationNamed } from '../lib/destinations/named.ts';
import { ConfirmationError } from '../lib/errors.ts';
import { functionHandler } from './edge/function-handler.ts';
import { openEngine } from './edge/open-engine.ts';
import { openSecret } from './edge/open-secret.ts';
import { type Delivered, deliverMessage } from './messages.ts';

/**
 * Delivers the published run to one destination. Fails with a ConfirmationError, after all else is
 * delivered, where removals wait: so somebody is told.
 */
export async function deliver(
  services: DeliverServices,
  { destination, input }: z.infer<typeof deliverMessage>,
): Promise<Delivered> {
  const delivery = await deliverTo(services, destinationNamed(destination), {
    isConfirmed: input.yes ?? false,
  });
  const held = delivery.held.map((audience) => heldText(delivery, audience));
  if (held.length > 0) throw new ConfirmationError(held.join('\n'));
  return { run_id: delivery.runId, audiences: delivery.written.length };
}

export const handler = functionHandler({
  parse: deliverMessage.parse,
  open: async () => ({ ...(await openEngine()), secret: await openSecret() }),
  work: deliver,
});
