import type { Destination } from './destination.ts';
import { generic } from './generic.ts';

/** Every file of this folder that is a Destination: written by `npm run find`, and a test compares. */
export const allDestinations: readonly Destination[] = [generic];
