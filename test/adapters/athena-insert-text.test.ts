import { describe, expect, it } from 'vitest';
import { headComment, insertText } from '../../lib/adapters/athena/insert-text.ts';
import { EngineError } from '../../lib/errors.ts';
import { count, runTable, text } from '../../lib/tables/contract.ts';

const line = runTable({
  name: 'line',
  grain: 'line',
  key: ['order_id', 'number'],
  promise: 'pure',
  columns: { order_id: text('The order.'), number: count('lines', 'The number of the line.') },
});

const run = { snapshotOn: '2024-02-29', runId: '2024-02-29-1' };

describe('headComment()', () => {
  it('differs for another table, date or attempt, and is no beginning of another', () => {
    const heads = [
      headComment(line, run),
      headComment({ ...line, name: 'line_item' }, run),
      headComment(line, { ...run, runId: '2024-02-29-12' }),
      headComment(line, { snapshotOn: '2024-03-01', runId: '2024-02-29-1' }),
    ];
    for (const head of heads) {
      expect(heads.filter((other) => other.startsWith(head))).toEqual([head]);
    }
  });
});

describe('insertText()', () => {
  it('names table and run before all else', () => {
    expect(insertText(line, run, 'select 1')).toMatch(
      /^-- clientele writes line of run 2024-02-29-1 \(2024-02-29\)\ninsert into line /,
    );
  });

  it('puts the run last, where the partition columns of a table are', () => {
    const statement = insertText(line, run, 'select 1').split('\n');
    expect(statement[1]).toBe('insert into line ("order_id", "number", "snapshot_on", "run_id")');
    expect(statement[2]).toBe(
      `select "order_id", "number", date '2024-02-29', cast('2024-02-29-1' as varchar)`,
    );
  });

  it('refuses a text that is longer in bytes than Athena takes', () => {
    const long = `select '${'é'.repeat(131_000)}' as order_id, 1 as number`;
    expect(() => insertText(line, run, long)).toThrow(EngineError);
    expect(() => insertText(line, run, long.replaceAll('é', 'e'))).not.toThrow();
  });
});
