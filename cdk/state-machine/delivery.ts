import type { Destination } from '../../lib/destinations/destination.ts';
import { chainOfOne, type Machine, machineOf } from './states.ts';
import { functionTask } from './steps.ts';

/**
 * Delivery as a state machine: a branch a destination, those included that are not configured, for
 * one taken out gets its last removals. It may be started at any time and again: what is delivered
 * is not written twice.
 */
export function deliveryMachine(
  destinations: readonly Destination[],
): Machine & { readonly Comment: string } {
  const branches = destinations.map(({ name }) =>
    machineOf([
      chainOfOne(`deliver ${name}`, {
        ...functionTask('Deliver', { destination: name, 'input.$': '$$.Execution.Input' }),
        ResultPath: null,
      }),
    ]),
  );
  return {
    Comment: 'What the published run has not delivered yet',
    ...machineOf([
      chainOfOne('deliver', { Type: 'Parallel', Branches: branches, ResultPath: null }),
    ]),
  };
}
