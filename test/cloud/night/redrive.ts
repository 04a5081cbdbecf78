import type { StateMachine, StateMachineDefinition } from 'aws-local-stepfunctions';

type Logs = ReturnType<StateMachine['run']>['eventLogs'];
/** What happened to a state, or to the execution. */
export type EventLog = Logs extends AsyncGenerator<infer Event> ? Event : never;

type States = StateMachineDefinition['States'];
type Machine = Pick<StateMachineDefinition, 'StartAt' | 'States'>;

interface Visit {
  readonly name: string;
  readonly input: unknown;
  readonly output: unknown;
  readonly hasExited: boolean;
}

/**
 * The machine that goes on where an execution failed, as a redrive does: what has succeeded is not
 * done again; a state that was under way is entered with the input that is on record, in a Parallel
 * state each branch by itself. Tells the states that were under way.
 */
export function redriven(
  machine: Machine,
  events: readonly EventLog[],
  onEntered: (state: string) => void,
): Machine {
  const last = lastVisit(machine, events);
  if (last === null) return machine;
  const state = machine.States[last.name] as States[string];
  if (last.hasExited && state?.Type !== 'Choice') {
    const next = state !== undefined && 'Next' in state ? state.Next : undefined;
    return next === undefined ? nothing : entered(machine, next, last.output, machine.States);
  }
  if (state?.Type !== 'Parallel') {
    onEntered(last.name);
    return entered(machine, last.name, last.input, machine.States);
  }
  const branches = state.Branches.map((branch) => redriven(branch, events, onEntered));
  return entered(machine, last.name, last.input, {
    ...machine.States,
    [last.name]: { ...state, Branches: branches } as States[string],
  });
}

const nothing: Machine = { StartAt: 'done', States: { done: { Type: 'Succeed' } } };

/** Keeps the states and begins at one of them with an input of its own. */
function entered(machine: Machine, at: string, input: unknown, states: States): Machine {
  const begin = { Type: 'Pass', Result: input, Next: at } as States[string];
  return { ...machine, StartAt: 'redrive', States: { ...states, redrive: begin } };
}

function lastVisit({ States }: Machine, events: readonly EventLog[]): Visit | null {
  let last: Visit | null = null;
  for (const event of events) {
    if (!('state' in event) || !(event.state.name in States)) continue;
    const { name, input, output } = event.state;
    if (event.type === 'StateEntered') last = { name, input, output: null, hasExited: false };
    if (event.type === 'StateExited') last = { name, input, output, hasExited: true };
  }
  return last;
}
