import { type SqlStep, type Step, stepName } from '../../lib/stages/stage.ts';
import { functionRetries, queryRetries } from './retries.ts';
import { type Chain, chainOfOne, followedBy, type State, type TaskState } from './states.ts';

/** The functions of the state machines; the template puts their names in the place of `${…Function}`. */
type FunctionName = 'Begin' | 'Render' | 'Seal' | 'Compute' | 'Publish' | 'Deliver';

/** A function may take 15 minutes at most; a minute more tells its own timeout from a lost one. */
const functionSeconds = 16 * 60;

/** Athena itself ends a query after 30 minutes, unless its quota was raised. */
const querySeconds = 31 * 60;

/** Filled in by the template when it is deployed. */
function placeholder(name: string): string {
  return `\${${name}}`;
}

export function functionTask(
  name: FunctionName,
  payload: Readonly<Record<string, unknown>>,
): Omit<TaskState, 'ResultPath'> {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Parameters: { FunctionName: placeholder(`${name}Function`), Payload: payload },
    TimeoutSeconds: functionSeconds,
    Retry: functionRetries,
  };
}

/** The states of one step of the pipeline, in the stage it stands in. */
export function stepChain(stage: string, step: Step): Chain {
  if (step.kind === 'sql') return step.until === undefined ? sqlChain(step) : repeatedChain(step);
  const task = functionTask(stage === 'publish' ? 'Publish' : 'Compute', {
    'run_id.$': '$.run_id',
    step: step.name,
  });
  return chainOfOne(`${stage === 'publish' ? 'publish' : 'compute'} ${stepName(step)}`, {
    ...task,
    ResultPath: null,
  });
}

/** Render the text, run it, seal what it wrote: each can be read, retried and redriven by itself. */
function sqlChain(step: SqlStep): Chain {
  const { render, write, seal } = namesOf(step);
  const states = threeStates(step, null);
  return {
    first: render,
    states: (next) => ({
      [render]: followedBy(states.render, write),
      [write]: followedBy(states.write, seal),
      [seal]: followedBy(states.seal, next),
    }),
  };
}

/** The same three states round after round, until sealing says that the table is done. */
function repeatedChain(step: SqlStep): Chain {
  const { render, write, seal } = namesOf(step);
  const [begin, again, done] = [`repeat ${step.writes.name}`, `more ${step.writes.name}`, '$.seal'];
  const states = threeStates(step, '$.seal.round');
  return {
    first: begin,
    states: (next) => {
      const result: Record<string, State> = {
        [begin]: followedBy(
          {
            Type: 'Pass',
            Result: { is_done: false, round: { number: 1, is_last: false } },
            ResultPath: done,
          },
          render,
        ),
        [render]: followedBy(states.render, write),
        [write]: followedBy(states.write, seal),
        [seal]: followedBy(states.seal, again),
        [again]: {
          Type: 'Choice',
          Choices: [{ Variable: '$.seal.is_done', BooleanEquals: false, Next: render }],
          Default: next ?? `done ${step.writes.name}`,
        },
      };
      if (next === null) result[`done ${step.writes.name}`] = { Type: 'Succeed' };
      return result;
    },
  };
}

function namesOf(step: SqlStep) {
  const table = step.writes.name;
  return { render: `render ${table}`, write: `write ${table}`, seal: `seal ${table}` };
}

function threeStates(step: SqlStep, roundPath: string | null) {
  const message = {
    'run_id.$': '$.run_id',
    step: step.writes.name,
    ...(roundPath === null ? { round: null } : { 'round.$': roundPath }),
  };
  const render: TaskState = {
    ...functionTask('Render', message),
    ResultSelector: { 'text.$': '$.Payload.text', 'target.$': '$.Payload.target' },
    ResultPath: '$.render',
  };
  const write: TaskState = {
    Type: 'Task',
    Resource: 'arn:aws:states:::athena:startQueryExecution.sync',
    Parameters: {
      'QueryString.$': '$.render.text',
      'ClientRequestToken.$': requestToken,
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: placeholder('Database') },
      WorkGroup: placeholder('WorkGroup'),
    },
    ResultSelector: { 'query_id.$': '$.QueryExecution.QueryExecutionId' },
    ResultPath: '$.write',
    TimeoutSeconds: querySeconds,
    Retry: queryRetries,
  };
  const seal: TaskState = {
    ...functionTask('Seal', { ...message, 'query_id.$': '$.write.query_id' }),
    ResultSelector: {
      'rows.$': '$.Payload.rows',
      'is_done.$': '$.Payload.is_done',
      'round.$': '$.Payload.round',
    },
    ResultPath: '$.seal',
  };
  return { render, write, seal };
}

/**
 * A token used again gives back the query it started, even a failed one: so it names the execution,
 * the table and run (and with it the round), the retry and the redrive (0 before there is one). 64
 * characters, of 32 to 128. https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html
 */
const requestToken =
  "States.Hash(States.Format('{} {} {} {}', $$.Execution.Id, $.render.target, $$.State.RetryCount, $$.Execution.RedriveCount), 'SHA-256')";
