import { type Stage, stepName } from '../../lib/stages/stage.ts';
import { type Layer, layersOf } from './layers.ts';
import { type Chain, chainOfOne, followedBy, type Machine, machineOf } from './states.ts';
import { functionTask, stepChain } from './steps.ts';

/**
 * The night as a state machine: begin, then the stages in order, the tables of a layer side by
 * side. Nothing is caught: a failure ends the execution where it happened, yesterday's tables stay,
 * and a redrive goes on from there. `${…}` are filled in by the template.
 */
export function nightMachine(stages: readonly Stage[]): Machine & { readonly Comment: string } {
  const chains = stages.flatMap((stage) =>
    layersOf(stage).map((layer) => layerChain(stage, layer)),
  );
  return {
    Comment: `The night: ${stages.map(({ name }) => name).join(', ')}`,
    ...machineOf([beginChain(), ...chains]),
  };
}

/** The second delivery of one start ends here, so that it raises no alarm. */
function beginChain(): Chain {
  return {
    first: 'begin',
    states: (next) => ({
      begin: followedBy(
        {
          ...functionTask('Begin', {
            'execution.$': '$$.Execution.Name',
            'input.$': '$$.Execution.Input',
          }),
          ResultSelector: {
            'run_id.$': '$.Payload.run_id',
            'snapshot_on.$': '$.Payload.snapshot_on',
            'is_repeated.$': '$.Payload.is_repeated',
          },
        },
        'begun already',
      ),
      'begun already': {
        Type: 'Choice',
        Choices: [{ Variable: '$.is_repeated', BooleanEquals: true, Next: 'left to the first' }],
        Default: next ?? 'left to the first',
      },
      'left to the first': {
        Type: 'Succeed',
        Comment: 'Another execution has this night: the schedule delivered its start twice.',
      },
    }),
  };
}

/** One step as it is; several side by side, whose results are in the bucket and not in the state. */
function layerChain(stage: Stage, layer: Layer): Chain {
  const chains = layer.map((step) => stepChain(stage.name, step));
  const [only] = chains;
  if (only !== undefined && chains.length === 1) return only;
  return chainOfOne(`${stage.name}: ${layer.map(stepName).join(', ')}`, {
    Type: 'Parallel',
    Branches: chains.map((chain) => machineOf([chain])),
    ResultPath: null,
  });
}
