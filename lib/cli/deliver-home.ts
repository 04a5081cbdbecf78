import { type Delivery, deliver, heldText } from '../delivery/deliver.ts';
import type { AudiencePlan } from '../delivery/plan.ts';
import { allDestinations } from '../destinations/found.ts';
import { openHomeSecret } from '../keys/home-secret.ts';
import { commandText } from './command-text.ts';
import type { Home } from './home.ts';
import type { Terminal } from './terminal.ts';

/**
 * Delivers the published run to every destination, and tells of each where there was something to
 * do. Those that are not configured any more get their last removals.
 */
export async function deliverHome(
  home: Home,
  terminal: Terminal,
  options: { readonly isConfirmed: boolean },
): Promise<readonly Delivery[]> {
  const services = { ...home, secret: await openHomeSecret(home) };
  const deliveries: Delivery[] = [];
  for (const destination of allDestinations) {
    const delivery = await deliver(services, destination, options);
    if (delivery.written.length > 0) terminal.say(`Delivered to ${deliveryLine(delivery)}`);
    for (const audience of delivery.held) {
      terminal.say(
        `${heldText(delivery, audience)} Look into it, then: ${commandText('deliver', { home: home.folder }, '--yes')}`,
      );
    }
    deliveries.push(delivery);
  }
  return deliveries;
}

/** 2 where something waits: the rest was delivered. */
export function deliveryExitCode(deliveries: readonly Delivery[]): 0 | 2 {
  return deliveries.some(({ held }) => held.length > 0) ? 2 : 0;
}

/** One line of what was written. */
export function deliveryLine({ destination, written }: Delivery): string {
  const { upserts, removes } = rowsOf(written);
  return `${destination}: ${written.length} audiences, ${upserts} members, ${removes} removals`;
}

/** What `--json` tells of deliveries. */
export function deliveryJson(deliveries: readonly Delivery[]) {
  return deliveries.map(({ destination, runId, written, held }) => ({
    destination,
    run_id: runId,
    audiences: written.map(({ audience }) => audience),
    ...rowsOf(written),
    held: held.map(({ audience, members, removes }) => ({ audience, members, removes })),
  }));
}

function rowsOf(plans: readonly AudiencePlan[]) {
  return {
    upserts: plans.reduce((sum, { upserts }) => sum + upserts, 0),
    removes: plans.reduce((sum, { removes }) => sum + removes, 0),
  };
}
