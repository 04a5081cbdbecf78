import { ConfigurationError } from '../errors.ts';
import type { Destination } from './destination.ts';
import { allDestinations } from './found.ts';

/** The destination of a name. Fails with a ConfigurationError where there is none. */
export function destinationNamed(name: string): Destination {
  const found = allDestinations.find((destination) => destination.name === name);
  if (found !== undefined) return found;
  throw new ConfigurationError(
    `Cannot deliver to ${name}: one of ${allDestinations.map((known) => known.name).join(', ')} is required.`,
  );
}
