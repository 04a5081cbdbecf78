import { ConfigurationError } from '../errors.ts';
import type { Destination } from './destination.ts';
import { generic } from './generic.ts';

/** Every destination, in the order of the alphabet. A new one is a file here, and a line. */
export const allDestinations = [generic] as const satisfies readonly [
  Destination,
  ...Destination[],
];

export function destinationNamed(name: string): Destination {
  const found = allDestinations.find((destination) => destination.name === name);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    `Cannot deliver to ${name}: one of ${allDestinations.map((known) => known.name).join(', ')} is required.`,
  );
}
