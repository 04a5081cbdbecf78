import { StateMachine } from 'aws-local-stepfunctions';
import type { Machine, State, TaskState } from '../../cdk/state-machine/states.ts';

/** What `athena:startQueryExecution.sync` is given. */
export interface StartQuery {
  readonly QueryString: string;
  readonly ClientRequestToken: string;
  readonly WorkGroup: string;
  readonly QueryExecutionContext: { readonly Catalog: string; readonly Database: string };
}

export interface Execution {
  /** As it is deployed: nothing left to fill in. */
  readonly definition: Machine;
  /** By the name that the definition calls each with. Fails as the function would. */
  readonly functions: Readonly<Record<string, (payload: unknown) => Promise<unknown>>>;
  /** Runs a query to its end and gives its id. Fails when the query does. */
  readonly runQuery: (start: StartQuery) => Promise<string>;
  readonly name: string;
  readonly input: unknown;
  /** A redrive goes on from the state that failed, given the input it had and a count one higher. */
  readonly redrive?: { readonly from: string; readonly count: number };
}

/** How an execution ended, and where it stood: what a redrive goes on from. */
export interface Outcome {
  readonly status: 'SUCCEEDED' | 'FAILED';
  readonly error: Error | null;
  /** Every state that was entered, with its input; those inside of a parallel state too. */
  readonly entered: readonly { readonly state: string; readonly input: unknown }[];
  /** The state that failed for good. */
  readonly failedState: string | null;
}

/** Executes a definition with local functions and queries, retries without their waits. */
export async function execute(execution: Execution): Promise<Outcome> {
  const { functions, runQuery, name, input, redrive } = execution;
  const definition = enteredAt(execution.definition, redrive?.from ?? execution.definition.StartAt);
  const retries: Record<string, number> = {};
  const handlers: Record<string, (parameters: unknown) => Promise<unknown>> = {};
  let failedState: string | null = null;
  for (const [state, task] of tasksOf(definition)) {
    retries[stateKey(state)] = 0;
    handlers[state] = async (parameters) => {
      try {
        const result = await (task.Resource.includes('athena')
          ? runQuery(parameters as StartQuery).then((id) => ({
              QueryExecution: { QueryExecutionId: id },
            }))
          : invoke(functions, parameters as { FunctionName: string; Payload: unknown }));
        retries[stateKey(state)] = 0;
        return result;
      } catch (error) {
        retries[stateKey(state)] = (retries[stateKey(state)] ?? 0) + 1;
        failedState = state;
        throw error;
      }
    };
  }
  const machine = new StateMachine(withRetryCounts(definition) as never, {
    // A machine that is entered in the middle has states that are not reached.
    validationOptions: { checkArn: false, noValidate: redrive !== undefined },
  });
  const run = machine.run(input as never, {
    context: {
      Execution: { Id: `execution:${name}`, Name: name, RedriveCount: redrive?.count ?? 0 },
      Retries: retries,
    } as never,
    overrides: {
      taskResourceLocalHandlers: handlers as never,
      retryIntervalOverrides: Object.fromEntries(Object.keys(handlers).map((state) => [state, 0])),
    },
  });
  const entered: { state: string; input: unknown }[] = [];
  const logging = (async () => {
    for await (const event of run.eventLogs as AsyncIterable<LogEvent>) {
      if (!event.type.endsWith('StateEntered') || event.state === undefined) continue;
      entered.push({ state: event.state.name, input: event.state.input });
    }
  })();
  try {
    await run.result;
    await logging;
    return { status: 'SUCCEEDED', error: null, entered, failedState: null };
  } catch (error) {
    await logging;
    return { status: 'FAILED', error: error as Error, entered, failedState };
  }
}

interface LogEvent {
  readonly type: string;
  readonly state?: { readonly name: string; readonly input: unknown };
}

async function invoke(
  functions: Execution['functions'],
  { FunctionName, Payload }: { readonly FunctionName: string; readonly Payload: unknown },
): Promise<unknown> {
  const work = functions[FunctionName];
  if (work === undefined) throw new Error(`there is no function ${FunctionName}`);
  // Both ways through JSON, as the service does it.
  const result = await work(JSON.parse(JSON.stringify(Payload)));
  return { Payload: JSON.parse(JSON.stringify(result)) };
}

export function tasksOf(machine: Machine): [string, TaskState][] {
  return Object.entries(machine.States).flatMap(([name, state]): [string, TaskState][] => {
    if (state.Type === 'Task') return [[name, state]];
    return state.Type === 'Parallel' ? state.Branches.flatMap(tasksOf) : [];
  });
}

/** The machine entered at a state; where it is in a branch, the branches beside begin again. */
function enteredAt(machine: Machine, start: string): Machine {
  if (machine.States[start] !== undefined) return { ...machine, StartAt: start };
  const found = Object.entries(machine.States).find(
    ([, state]) =>
      state.Type === 'Parallel' && state.Branches.some(({ States }) => States[start] !== undefined),
  );
  if (found?.[1].Type !== 'Parallel') throw new Error(`there is no state ${start}`);
  const [name, parallel] = found;
  const Branches = parallel.Branches.map((branch) =>
    branch.States[start] === undefined ? branch : { ...branch, StartAt: start },
  );
  return {
    ...machine,
    StartAt: name,
    States: { ...machine.States, [name]: { ...parallel, Branches } },
  };
}

/** The interpreter does not count retries: each state reads its own counter instead. */
function withRetryCounts(machine: Machine): Machine {
  const states = Object.entries(machine.States).map(([name, state]): [string, State] => {
    if (state.Type === 'Parallel') {
      return [name, { ...state, Branches: state.Branches.map(withRetryCounts) }];
    }
    const text = JSON.stringify(state);
    return [
      name,
      JSON.parse(text.replaceAll('$$.State.RetryCount', () => `$$.Retries.${stateKey(name)}`)),
    ];
  });
  return { ...machine, States: Object.fromEntries(states) };
}

function stateKey(state: string): string {
  return state.replaceAll(/\W/g, '_');
}
