import { night } from '../../lib/pipeline.ts';
import { audit } from '../../lib/stages/publish/audit.ts';
import { publish } from '../../lib/stages/publish/stage.ts';
import { type Stage, stepName } from '../../lib/stages/stage.ts';

const first = night.filter(({ name }) => ['freeze', 'records', 'identity', 'facts'].includes(name));
const written = first.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes ?? []));

/** As much of a night as records decide: who is who and what was sold, audited and shown. */
export const recordsNight: readonly Stage[] = [
  ...first,
  {
    name: 'publish',
    steps: [
      {
        kind: 'compute',
        name: 'audit',
        reads: written,
        writes: null,
        compute: async (built) => {
          await audit(built, written);
          return [];
        },
      },
      ...publish.steps.filter((step) => stepName(step) === 'pointer'),
    ],
  },
];
