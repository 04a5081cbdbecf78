import { EngineError } from '../errors.ts';
import type { Row } from '../ports/query-engine.ts';

/** Rows that come sorted by audience and op, handed out group by group and held one at a time. */
export interface RowsInTurn {
  /** The rows of the next group; none where it has none. Each group is read to its end. */
  readonly of: (audience: string, op: string) => AsyncGenerator<Row>;
  /** Fails with an EngineError when a row belonged to no group that was asked for. */
  readonly failIfMore: () => void;
  readonly end: () => Promise<void>;
}

export async function rowsInTurn(rows: AsyncIterable<Row>): Promise<RowsInTurn> {
  const reading = rows[Symbol.asyncIterator]();
  let next = await reading.next();

  async function* of(audience: string, op: string): AsyncGenerator<Row> {
    for (; !next.done; next = await reading.next()) {
      if (next.value.audience !== audience || next.value.op !== op) return;
      yield next.value;
    }
  }

  function failIfMore(): void {
    if (next.done) return;
    throw new EngineError(
      `Cannot deliver audience ${next.value.audience}: its rows must come in the order of audiences.`,
    );
  }

  return {
    of,
    failIfMore,
    end: async () => {
      await reading.return?.();
    },
  };
}
