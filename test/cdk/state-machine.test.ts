import validate from 'asl-validator';
import { expect, test } from 'vitest';
import { nightMachine } from '../../cdk/state-machine/definition.ts';
import { deliveryMachine } from '../../cdk/state-machine/delivery.ts';
import { layersOf } from '../../cdk/state-machine/layers.ts';
import type { Machine, State, TaskState } from '../../cdk/state-machine/states.ts';
import { generic } from '../../lib/destinations/generic.ts';
import { night } from '../../lib/pipeline.ts';
import { type SqlStep, type Stage, type Step, stepName } from '../../lib/stages/stage.ts';
import { runTable, type TableContract, text } from '../../lib/tables/contract.ts';

const machine = nightMachine(night);
const steps = night.flatMap(({ steps }) => steps);
const sqlSteps = steps.filter((step): step is SqlStep => step.kind === 'sql');
const all = allStates(machine);
const tasks = Object.entries(all).filter(
  (entry): entry is [string, TaskState] => entry[1].Type === 'Task',
);

function allStates({ States }: Machine): Record<string, State> {
  const nested = Object.values(States).flatMap((state) =>
    state.Type === 'Parallel' ? state.Branches.map(allStates) : [],
  );
  const names = [States, ...nested].flatMap((states) => Object.keys(states));
  expect(new Set(names).size, 'names are unique in the whole machine').toBe(names.length);
  return Object.assign({}, States, ...nested);
}

/** The states in the order in which a night without repetition enters them; a layer is one entry. */
function order({ StartAt, States }: Machine): string[] {
  const entered: string[] = [];
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    entered.push(name);
    const state: State | undefined = States[name];
    if (state === undefined) throw new Error(`there is no state ${name}`);
    if (state.Type === 'Choice') name = state.Default;
    else name = state.Type === 'Succeed' ? undefined : state.Next;
  }
  return entered;
}

test('the definition is valid Amazon States Language, paths included', () => {
  const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(machine)), {
    checkPaths: true,
    checkArn: false,
  });
  expect(isValid, errorsText('\n')).toBe(true);
});

test('it speaks JSONPath throughout', () => {
  const definition = JSON.stringify(machine);
  expect(definition).not.toMatch(/JSONata|QueryLanguage|"Arguments"|\{%/);
});

test('every step of the pipeline is there, and nothing else writes', () => {
  const expected = steps.map((step) =>
    step.kind === 'sql'
      ? `write ${stepName(step)}`
      : `${/^(audit|run|pointer|report)$/.test(step.name) ? 'publish' : 'compute'} ${step.name}`,
  );
  const found = Object.keys(all).filter((name) => /^(write|compute|publish) /.test(name));
  expect(found.sort()).toEqual(expected.sort());
});

test.each(sqlSteps)('$writes.name is rendered, written and sealed, in this order', (step) => {
  const table = step.writes.name;
  const [render, write, seal] = [`render ${table}`, `write ${table}`, `seal ${table}`].map(
    (name) => all[name] as TaskState,
  );
  expect(render?.Next).toBe(`write ${table}`);
  expect(write?.Next).toBe(`seal ${table}`);
  expect(write?.Resource).toMatch(/athena:startQueryExecution\.sync$/);
  expect(seal?.Parameters).toMatchObject({ FunctionName: expect.stringContaining('SealFunction') });
});

test('a step that repeats goes back to its own rendering until it is done', () => {
  const repeating = sqlSteps.filter(({ until }) => until !== undefined);
  expect(repeating.map(stepName)).toEqual(['identity_component']);
  expect(all['seal identity_component']).toMatchObject({ Next: 'more identity_component' });
  expect(all['more identity_component']).toMatchObject({
    Choices: [
      {
        Variable: '$.seal.is_done',
        BooleanEquals: false,
        Next: 'render identity_component',
      },
    ],
    Default: 'render customer_identifier',
  });
});

test('the stages come in order, publish last and act by act', () => {
  const stagesSeen = order(machine).flatMap((name) => {
    const table = name.split(/[ :,]+/)[1];
    return night.find(({ steps }) => steps.some((step) => stepName(step) === table))?.name ?? [];
  });
  const inOrder = stagesSeen.filter((stage, i) => stage !== stagesSeen[i - 1]);
  expect(inOrder).toEqual(night.map(({ name }) => name));
  expect(order(machine).slice(-4)).toEqual([
    'publish audit',
    'publish run',
    'publish pointer',
    'publish report',
  ]);
});

test('tables of a stage that do not read each other are written side by side', () => {
  const parallel = Object.entries(all).filter(([, { Type }]) => Type === 'Parallel');
  expect(parallel.map(([name]) => name)).toEqual([
    'freeze: delivered_content, label',
    'records: customers_record, products_record, orders_numbering',
    'records: orders_winner, orders_replaced',
    'records: orders_share, waiting',
    'identity: identity_guard, identity_link',
    'identity: customer, customer_source',
    'features: customer_day, history',
    'fit: purchase_count, spend_count, back_test_cut',
    'fit: back_test_count, interval_count',
    'fit: model_score, order_spread, spend_spread',
    'value: group_rate, cohort_mean, clv_interval',
    'kpis: calendar, total_forecast',
    'kpis: kpi_sales, kpi_customer',
  ]);
});

test('delivery is a branch a destination, in valid Amazon States Language', () => {
  const other = { ...generic, name: 'other' };
  const delivery = deliveryMachine([generic, other]);
  const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(delivery)), {
    checkPaths: true,
    checkArn: false,
  });
  expect(isValid, errorsText('\n')).toBe(true);
  const { deliver } = delivery.States as unknown as { deliver: { Branches: Machine[] } };
  expect(deliver.Branches.map(({ StartAt }) => StartAt)).toEqual([
    'deliver generic',
    'deliver other',
  ]);
  expect(allStates(delivery)['deliver other']).toMatchObject({
    Parameters: { Payload: { destination: 'other', 'input.$': '$$.Execution.Input' } },
  });
});

test('layersOf() puts a table behind those of its stage that it reads, acts alone', () => {
  const table = (name: string) =>
    runTable({ name, grain: name, key: [], promise: 'pure', columns: { a: text('a') } });
  const step = (writes: TableContract | null, ...reads: TableContract[]): Step => ({
    kind: 'compute',
    name: writes?.name ?? 'act',
    writes,
    reads,
    compute: async () => [],
  });
  const [a, b, c, late, outside] = [
    table('a'),
    table('b'),
    table('c'),
    table('late'),
    table('outside'),
  ];
  const stage: Stage = {
    name: 'stage',
    steps: [step(a, outside, a), step(b), step(c, b), step(null, a, b, c), step(late, outside)],
  };
  expect(layersOf(stage).map((layer) => layer.map(stepName))).toEqual([
    ['a', 'b'],
    ['c'],
    ['act'],
    ['late'],
  ]);
});

test('nothing is caught and nothing fails on purpose, so a redrive resumes where it failed', () => {
  expect(JSON.stringify(machine)).not.toMatch(/"Catch"|"Fail"/);
});

test.each(tasks)('%s ends in time and is retried within a stated wait', (_, task) => {
  expect(task.TimeoutSeconds).toBeGreaterThan(0);
  const waits = task.Retry.flatMap(
    ({ MaxAttempts, IntervalSeconds = 1, BackoffRate = 2, MaxDelaySeconds = 1e9 }) =>
      Array.from({ length: MaxAttempts }, (_, i) =>
        Math.min(IntervalSeconds * BackoffRate ** i, MaxDelaySeconds),
      ),
  );
  const total = waits.reduce((sum, wait) => sum + wait, 0);
  // 5 + 15 + 45 of a function; 315 of throttling and 30 + 60 of failing of a query.
  expect(total).toBe(task.Resource.includes('athena') ? 315 + 90 : 65);
});

test('a broken promise or a wrong setting is not tried again', () => {
  for (const [, task] of tasks.filter(([, { Resource }]) => Resource.includes('lambda'))) {
    expect(task.Retry[0]).toEqual({
      ErrorEquals: ['AuditError', 'ConfigurationError', 'ConfirmationError', 'ZodError'],
      MaxAttempts: 0,
    });
  }
});

test('the token of a query differs by execution, table, run, retry and redrive', () => {
  for (const [, task] of tasks.filter(([, { Resource }]) => Resource.includes('athena'))) {
    const token = task.Parameters['ClientRequestToken.$'];
    for (const part of [
      '$$.Execution.Id',
      '$.render.target',
      '$$.State.RetryCount',
      '$$.Execution.RedriveCount',
    ]) {
      expect(token).toContain(part);
    }
  }
});

test('a night stays far below 25,000 events, with twenty rounds of connected components', () => {
  const eventsOfTask = 6; // entered, scheduled, started, submitted, succeeded, exited
  const rounds = 20 * 4;
  expect((Object.keys(all).length + rounds) * eventsOfTask).toBeLessThan(2_500);
});
