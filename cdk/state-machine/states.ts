/** The part of the Amazon States Language that the night uses; JSONPath throughout. */
export type State = TaskState | PassState | ChoiceState | ParallelState | SucceedState;

export interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

export interface TaskState extends Step {
  readonly Type: 'Task';
  readonly Resource: string;
  readonly Parameters: Readonly<Record<string, unknown>>;
  readonly ResultSelector?: Readonly<Record<string, unknown>>;
  readonly TimeoutSeconds: number;
  readonly Retry: readonly Retrier[];
}

interface PassState extends Step {
  readonly Type: 'Pass';
  readonly Result: unknown;
}

export interface ChoiceState {
  readonly Type: 'Choice';
  readonly Comment?: string;
  readonly Choices: readonly {
    readonly Variable: string;
    readonly BooleanEquals: boolean;
    readonly Next: string;
  }[];
  readonly Default: string;
}

interface ParallelState extends Step {
  readonly Type: 'Parallel';
  readonly Branches: readonly Machine[];
}

export interface SucceedState {
  readonly Type: 'Succeed';
  readonly Comment?: string;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL';
}

/** What every state but the last ones has. */
interface Step {
  readonly Comment?: string;
  readonly ResultPath?: string | null;
  readonly Next?: string;
  readonly End?: true;
}

/** States that follow each other, before it is said what comes after them. */
export interface Chain {
  readonly first: string;
  /** What follows is `next`, or the end of the machine when it is null. */
  readonly states: (next: string | null) => Readonly<Record<string, State>>;
}

export function chainOfOne(name: string, state: Exclude<State, ChoiceState | SucceedState>): Chain {
  return { first: name, states: (next) => ({ [name]: followedBy(state, next) }) };
}

export function followedBy<S extends Exclude<State, ChoiceState | SucceedState>>(
  state: S,
  next: string | null,
): S {
  return next === null ? { ...state, End: true } : { ...state, Next: next };
}

/** Chains one after another, of which there is at least one. */
export function machineOf(chains: readonly Chain[]): Machine {
  const states = chains.map((chain, i) => chain.states(chains[i + 1]?.first ?? null));
  return { StartAt: chains[0]?.first ?? '', States: Object.assign({}, ...states) };
}
