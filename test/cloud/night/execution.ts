import { setTimeout as sleep } from 'node:timers/promises';
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { taskError } from './athena-task.ts';
import type { FunctionName, Invoke } from './containers.ts';
import { type EventLog, redriven } from './redrive.ts';

type Json = Readonly<Record<string, unknown>>;
type Work = () => Promise<unknown>;

export interface ExecutionOptions {
  readonly definition: StateMachineDefinition;
  readonly invoke: Invoke;
  /** What a `.sync` task of Athena does with its parameters. */
  readonly runQuery: (parameters: Json) => Promise<unknown>;
  /** Two executions have two names. */
  readonly name: string;
  readonly input: Json;
  /** Stands around every attempt of a task, to do what goes wrong with it. */
  readonly around?: (state: string, work: Work) => Promise<unknown>;
  /** 0: a failure is the end. */
  readonly mostRedrives?: number;
}

export interface ExecutionResult {
  readonly redrives: number;
  /** The states that a redrive entered, in order. */
  readonly redriven: readonly string[];
  /** Every state that was entered, in order, and what it was given. */
  readonly entered: readonly { readonly state: string; readonly input: unknown }[];
}

const retryMs = 20;

/**
 * Executes a state machine from its definition by aws-local-stepfunctions: tasks on the
 * handlers and the queries that are given. Two things that it lacks are done here: it has one context for
 * all states, so each task gets a counter of its own in the place of `$$.State.RetryCount`; and a
 * failed execution is redriven by hand (see `redriven`). Pauses before retries are cut short.
 * Fails with the error of the state that failed.
 */
export async function execute(options: ExecutionOptions): Promise<ExecutionResult> {
  const { name, input, mostRedrives = 0 } = options;
  const { definition, tasks, counters } = withRetryCounters(options.definition);
  const events: EventLog[] = [];
  const enteredAgain: string[] = [];
  let machine = definition;
  for (let redrives = 0; ; redrives += 1) {
    const underWay = new Set<Promise<unknown>>();
    const ended = new AbortController();
    for (const counter of Object.keys(counters)) counters[counter] = 0;
    const handlers = Object.fromEntries(
      [...tasks].map(([state, task]) => [
        state,
        async (parameters: Json) => {
          if (ended.signal.aborted) throw stopped();
          const work = () => runTask(options, task, parameters);
          const attempt = options.around?.(state, work) ?? work();
          underWay.add(attempt);
          try {
            const result = await attempt;
            counters[counterOf(state)] = 0;
            return result;
          } catch (error) {
            counters[counterOf(state)] = (counters[counterOf(state)] ?? 0) + 1;
            throw error;
          } finally {
            underWay.delete(attempt);
          }
        },
      ]),
    );
    const execution = new StateMachine(machine, { validationOptions: { noValidate: true } }).run(
      input as never,
      {
        context: {
          Execution: { Id: `arn:execution:${name}`, Name: name, RedriveCount: redrives },
          Retries: counters,
        } as never,
        overrides: {
          taskResourceLocalHandlers: handlers as never,
          retryIntervalOverrides: Object.fromEntries([...tasks.keys()].map((n) => [n, retryMs])),
        },
      },
    );
    const collected = collect(execution.eventLogs, events);
    const failure = await execution.result.then(
      () => null,
      (error: Error) => error,
    );
    ended.abort();
    await Promise.allSettled(underWay);
    await Promise.race([collected, sleep(200)]);
    if (failure === null)
      return { redrives, redriven: enteredAgain, entered: enteredStates(events) };
    if (redrives >= mostRedrives) throw failure.cause ?? failure;
    machine = {
      ...definition,
      ...redriven(definition, events, (state) => enteredAgain.push(state)),
    } as StateMachineDefinition;
  }
}

/** Fields of a task that say what it does. */
interface Task {
  readonly resource: string;
}

async function runTask(
  { invoke, runQuery }: ExecutionOptions,
  { resource }: Task,
  parameters: Json,
): Promise<unknown> {
  if (resource.endsWith(':athena:startQueryExecution.sync')) {
    return await runQuery(parameters);
  }
  if (!resource.endsWith(':lambda:invoke')) throw new Error(`no task of ${resource} is known here`);
  const name = String(parameters.FunctionName).replace('arn:function:', '') as FunctionName;
  return { StatusCode: 200, Payload: await invoke(name, parameters.Payload) };
}

/** A branch beside the one that failed goes no further. */
function stopped(): Error {
  return Object.assign(taskError('Stopped', 'the execution has ended'), { isRetryable: false });
}

function withRetryCounters(given: StateMachineDefinition) {
  const tasks = new Map<string, Task>();
  const counters: Record<string, number> = {};
  const changed = (machine: Pick<StateMachineDefinition, 'States'>): object => ({
    ...machine,
    States: Object.fromEntries(
      Object.entries(machine.States).map(([name, state]) => {
        if (state?.Type === 'Parallel') {
          return [name, { ...state, Branches: state.Branches.map(changed) }];
        }
        if (state?.Type !== 'Task') return [name, state];
        tasks.set(name, { resource: state.Resource });
        counters[counterOf(name)] = 0;
        const text = JSON.stringify(state);
        return [
          name,
          JSON.parse(text.replaceAll('$$.State.RetryCount', () => `$$.Retries.${counterOf(name)}`)),
        ];
      }),
    ),
  });
  return { definition: changed(given) as StateMachineDefinition, tasks, counters };
}

function counterOf(state: string): string {
  return state.replaceAll(/\W/g, '_');
}

async function collect(from: AsyncGenerator<EventLog>, into: EventLog[]): Promise<void> {
  for await (const event of from) into.push(event);
}

function enteredStates(events: readonly EventLog[]): ExecutionResult['entered'] {
  return events.flatMap((event) =>
    event.type === 'StateEntered' ? [{ state: event.state.name, input: event.state.input }] : [],
  );
}
