import { night } from '../../lib/pipeline.ts';
import { audit } from '../../lib/stages/publish/audit.ts';
import { publish } from '../../lib/stages/publish/stage.ts';
import { type Stage, stepName } from '../../lib/stages/stage.ts';

/** A night up to and with the stage of this name, its tables audited and shown, without a report. */
export function stagesUntil(last: string): readonly Stage[] {
  const stages = night.slice(0, night.findIndex(({ name }) => name === last) + 1);
  const written = stages.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes ?? []));
  return [
    ...stages,
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
}

/** As much of a night as records decide: who is who and what was sold. */
export const untilFacts = stagesUntil('facts');
