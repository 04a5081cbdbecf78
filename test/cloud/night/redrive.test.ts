import type { StateMachineDefinition } from 'aws-local-stepfunctions';
import { describe, expect, it } from 'vitest';
import { type EventLog, redriven } from './redrive.ts';

const task = (more: object) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  ...more,
});

const machine = {
  StartAt: 'first',
  States: {
    first: task({ Next: 'beside' }),
    beside: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'a1', States: { a1: task({ Next: 'a2' }), a2: task({ End: true }) } },
        { StartAt: 'b1', States: { b1: task({ Next: 'b2' }), b2: task({ End: true }) } },
        { StartAt: 'c1', States: { c1: task({ End: true }) } },
      ],
      Next: 'last',
    },
    last: task({ End: true }),
  },
} as unknown as StateMachineDefinition;

type Happening = readonly [type: 'Entered' | 'Exited' | 'Failed', name: string, value: unknown];

function log(events: readonly Happening[]) {
  return events.map(([type, name, value]) => ({
    type: `State${type}`,
    timestamp: 0,
    state: { name, type: 'Task', input: value, output: value },
  })) as unknown as EventLog[];
}

function again(...events: readonly Happening[]) {
  const entered: string[] = [];
  const result = redriven(machine, log(events), (state) => entered.push(state));
  return { result: result as { StartAt: string; States: Record<string, unknown> }, entered };
}

describe('redriven()', () => {
  it('begins at the beginning where nothing has happened', () => {
    expect(again().result).toEqual(machine);
  });

  it('enters the state that failed with the input on record', () => {
    const { result, entered } = again(['Entered', 'first', 1], ['Failed', 'first', 1]);
    expect(result.States[result.StartAt]).toEqual({ Type: 'Pass', Result: 1, Next: 'first' });
    expect(entered).toEqual(['first']);
  });

  it('does nothing again that has succeeded', () => {
    const { result } = again(['Entered', 'last', 3], ['Exited', 'last', 4]);
    expect(result.States[result.StartAt]).toEqual({ Type: 'Succeed' });
  });

  it('goes on in each branch by itself', () => {
    const { result, entered } = again(
      ['Entered', 'first', 1],
      ['Exited', 'first', 2],
      ['Entered', 'beside', 2],
      ['Entered', 'a1', 2],
      ['Entered', 'b1', 2],
      ['Entered', 'c1', 2],
      ['Exited', 'c1', 9],
      ['Exited', 'a1', 5],
      ['Entered', 'a2', 5],
      ['Failed', 'a2', 5],
    );
    expect(entered).toEqual(['a2', 'b1']);
    const beside = result.States.beside as { Branches: { StartAt: string; States: never }[] };
    const begins = beside.Branches.map(({ StartAt, States }) => States[StartAt]);
    expect(begins).toEqual([
      { Type: 'Pass', Result: 5, Next: 'a2' },
      { Type: 'Pass', Result: 2, Next: 'b1' },
      { Type: 'Succeed' },
    ]);
    expect(result.States[result.StartAt]).toEqual({ Type: 'Pass', Result: 2, Next: 'beside' });
  });
});
