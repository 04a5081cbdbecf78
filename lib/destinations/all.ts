import type { Destination } from './destination.ts';
import { generic } from './generic.ts';

/** Every destination, in the order of the alphabet. A new one is a file here, and a line. */
export const allDestinations = [generic] as const satisfies readonly [
  Destination,
  ...Destination[],
];
