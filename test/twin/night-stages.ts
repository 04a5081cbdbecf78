import { night } from '../../lib/pipeline.ts';
import { audit } from '../../lib/stages/publish/audit.ts';
import { publish } from '../../lib/stages/publish/stage.ts';
import { type Stage, stepName } from '../../lib/stages/stage.ts';

const stagesBefore = night.filter(({ name }) => name !== 'audiences' && name !== 'publish');
const written = stagesBefore.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes ?? []));

/** A night without audiences and report, audited and shown. */
export const stages: readonly Stage[] = [
  ...stagesBefore,
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
