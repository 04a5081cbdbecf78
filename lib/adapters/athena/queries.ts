import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AthenaClient,
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  ListQueryExecutionsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { EngineError } from '../../errors.ts';
import { callFailure, isThrottled, queryFailure } from './failure.ts';

/** What a query that succeeded tells of itself. */
export interface FinishedQuery {
  readonly queryId: string;
  readonly text: string;
  /** `s3://…` of the result file; of an INSERT there is none behind it. */
  readonly resultLocation: string | null;
  /** `s3://…` of the list of files that an INSERT wrote; null when it wrote none. */
  readonly manifestLocation: string | null;
  readonly scannedBytes: number;
  readonly queuedMs: number;
  readonly ranMs: number;
}

export interface QueriesOptions {
  readonly client: AthenaClient;
  readonly workgroup: string;
  readonly database: string;
  /** Stops the queries that run when it is aborted. */
  readonly signal?: AbortSignal;
  /** Told of every query that succeeded. */
  readonly onQuery?: (query: FinishedQuery) => void;
  /** Milliseconds between two looks at a query: the first, and the longest it grows to. */
  readonly look?: { readonly firstMs: number; readonly longestMs: number };
}

export interface Queries {
  /** Runs one statement to its end. */
  run(text: string): Promise<FinishedQuery>;
  /** A query that somebody else started and waited for. Fails when it did not succeed. */
  finished(queryId: string): Promise<FinishedQuery>;
  /** The first page of the result: its columns, and how many rows an INSERT wrote. */
  firstPage(queryId: string): Promise<GetQueryResultsCommandOutput>;
  /** Stops the queries of the workgroup whose text begins so, and waits until they have ended. */
  stopOthers(beginning: string, butNot: string): Promise<void>;
}

const catalogue = 'AwsDataCatalog';
const usualLook = { firstMs: 100, longestMs: 2_000 };
const lookGrowth = 1.4;
/** A throttled start is tried again for five minutes: other queries of the account end meanwhile. */
const throttlePatienceMs = 5 * 60_000;
/**
 * No query that was submitted earlier can still run: Athena ends a query after 30 minutes (240 at
 * most by quota), and queues are shorter than the rest.
 */
const longestQueryMs = 12 * 60 * 60_000;
const pageOfIds = 50;

/** Athena's queries of one workgroup and database: started, waited for, stopped. */
export function openQueries(options: QueriesOptions): Queries {
  const { client, workgroup, database, signal, onQuery, look = usualLook } = options;

  async function start(text: string): Promise<string> {
    // The same token makes a start that is sent again, because its answer was lost, the same query.
    const token = randomUUID();
    const answer = await patiently('start a query', () =>
      client.send(
        new StartQueryExecutionCommand({
          QueryString: text,
          ClientRequestToken: token,
          WorkGroup: workgroup,
          QueryExecutionContext: { Catalog: catalogue, Database: database },
        }),
      ),
    );
    return required(answer.QueryExecutionId, 'the id of the query');
  }

  async function run(text: string): Promise<FinishedQuery> {
    const queryId = await start(text);
    for (let waitMs = look.firstMs; ; waitMs = Math.min(waitMs * lookGrowth, look.longestMs)) {
      const execution = await get(queryId);
      if (!isUnderWay(execution)) return finishedQuery(execution);
      await sleep(waitMs, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
      if (signal?.aborted) {
        await stop(queryId);
        throw new EngineError(`Cannot run the query: it was cancelled (query ${queryId}).`);
      }
    }
  }

  async function finished(queryId: string): Promise<FinishedQuery> {
    return finishedQuery(await get(queryId));
  }

  function finishedQuery(execution: QueryExecution): FinishedQuery {
    const queryId = required(execution.QueryExecutionId, 'the id of the query');
    const { Status: status = {}, Statistics: statistics = {} } = execution;
    if (status.State !== 'SUCCEEDED') throw queryFailure(queryId, status);
    const query: FinishedQuery = {
      queryId,
      text: execution.Query ?? '',
      resultLocation: execution.ResultConfiguration?.OutputLocation ?? null,
      manifestLocation: statistics.DataManifestLocation ?? null,
      scannedBytes: statistics.DataScannedInBytes ?? 0,
      queuedMs: statistics.QueryQueueTimeInMillis ?? 0,
      ranMs: statistics.EngineExecutionTimeInMillis ?? 0,
    };
    onQuery?.(query);
    return query;
  }

  async function get(queryId: string): Promise<QueryExecution> {
    const answer = await patiently('look at a query', () =>
      client.send(new GetQueryExecutionCommand({ QueryExecutionId: queryId })),
    );
    return required(answer.QueryExecution, 'the query');
  }

  async function stop(queryId: string): Promise<void> {
    await patiently('stop a query', () =>
      client.send(new StopQueryExecutionCommand({ QueryExecutionId: queryId })),
    );
  }

  async function firstPage(queryId: string): Promise<GetQueryResultsCommandOutput> {
    return await patiently('read the columns of a result', () =>
      client.send(new GetQueryResultsCommand({ QueryExecutionId: queryId, MaxResults: 1 })),
    );
  }

  async function stopOthers(beginning: string, butNot: string): Promise<void> {
    const others: string[] = [];
    for await (const executions of recentPages()) {
      for (const execution of executions) {
        const queryId = required(execution.QueryExecutionId, 'the id of a query');
        if (queryId === butNot || !execution.Query?.startsWith(beginning)) continue;
        if (isUnderWay(execution)) others.push(queryId);
      }
    }
    for (const queryId of others) await stop(queryId);
    for (const queryId of others) {
      for (let waitMs = look.firstMs; isUnderWay(await get(queryId)); ) {
        await sleep(waitMs);
        waitMs = Math.min(waitMs * lookGrowth, look.longestMs);
      }
    }
  }

  /**
   * The queries of the workgroup, newest first as Athena lists them, down to the first page on which
   * none can still run.
   */
  async function* recentPages(): AsyncIterable<readonly QueryExecution[]> {
    for (let NextToken: string | undefined; ; ) {
      const page = await patiently('list the queries', () =>
        client.send(
          new ListQueryExecutionsCommand({
            WorkGroup: workgroup,
            MaxResults: pageOfIds,
            ...(NextToken === undefined ? {} : { NextToken }),
          }),
        ),
      );
      const ids = page.QueryExecutionIds ?? [];
      if (ids.length === 0) return;
      const answer = await patiently('look at queries', () =>
        client.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids })),
      );
      const executions = answer.QueryExecutions ?? [];
      yield executions;
      NextToken = page.NextToken;
      const oldest = Date.now() - longestQueryMs;
      const areAllOld = executions.every(
        ({ Status }) => (Status?.SubmissionDateTime?.getTime() ?? Date.now()) < oldest,
      );
      if (NextToken === undefined || areAllOld) return;
    }
  }

  async function patiently<T>(action: string, call: () => Promise<T>): Promise<T> {
    const until = Date.now() + throttlePatienceMs;
    for (let waitMs = look.longestMs / 4; ; waitMs = Math.min(waitMs * 2, 15_000)) {
      try {
        return await call();
      } catch (error) {
        const isOver = Date.now() + waitMs > until || signal?.aborted === true;
        if (!isThrottled(error) || isOver) throw callFailure(action, error);
        // Half of it by chance, so that many who were refused do not come back at once.
        await sleep(waitMs * (0.5 + Math.random() / 2));
      }
    }
  }

  return { run, finished, firstPage, stopOthers };
}

function isUnderWay({ Status }: QueryExecution): boolean {
  return Status?.State === 'QUEUED' || Status?.State === 'RUNNING';
}

function required<T>(part: T | undefined, what: string): T {
  if (part === undefined) {
    throw new EngineError(`Cannot read the answer of Athena: ${what} is required.`);
  }
  return part;
}
