import { EngineError } from '../../errors.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { Row } from '../../ports/query-engine.ts';
import { keyOfLocation } from './location.ts';
import type { FinishedQuery, Queries } from './queries.ts';
import { resultRows } from './result-rows.ts';

/**
 * The rows of a query that succeeded, as its result file is read: Athena's own pages hold a thousand
 * rows each, so only the columns' types come from the first of them.
 */
export async function* readResult(
  { queries, results }: { readonly queries: Queries; readonly results: ObjectStore },
  { queryId, resultLocation }: FinishedQuery,
): AsyncGenerator<Row> {
  if (resultLocation === null) {
    throw new EngineError(`Cannot read the result of query ${queryId}: its file must be there.`);
  }
  const { ResultSet: result } = await queries.firstPage(queryId);
  const file = await results.getStream(keyOfLocation(resultLocation));
  yield* resultRows(file, result?.ResultSetMetadata?.ColumnInfo ?? []);
}
