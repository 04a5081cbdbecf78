import {
  AthenaClient,
  AthenaServiceException,
  BatchGetQueryExecutionCommand,
  GetQueryExecutionCommand,
  ListQueryExecutionsCommand,
  type QueryExecutionStatus,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransientEngineError } from '../../lib/adapters/athena/failure.ts';
import { type FinishedQuery, openQueries } from '../../lib/adapters/athena/queries.ts';
import { EngineError } from '../../lib/errors.ts';

// biome-ignore lint/suspicious/noExplicitAny: the mock's own types of any command
let athena: AwsStub<any, any, any>;

beforeEach(() => {
  athena = mockClient(AthenaClient);
  athena.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q1' });
});

afterEach(() => {
  athena.restore();
  vi.useRealTimers();
});

const options = {
  client: new AthenaClient({ region: 'eu-west-1' }),
  workgroup: 'nights',
  database: 'lake',
  look: { firstMs: 1, longestMs: 4 },
};

function execution(status: QueryExecutionStatus, id = 'q1', Query = 'select 1') {
  return { QueryExecutionId: id, Query, Status: status };
}

function refusal(name: string, $fault: 'client' | 'server' = 'client'): AthenaServiceException {
  return new AthenaServiceException({ name, message: `says ${name}`, $fault, $metadata: {} });
}

function ends(...states: readonly QueryExecutionStatus[]): void {
  let looks = 0;
  athena.on(GetQueryExecutionCommand).callsFake(() => {
    const status = states[Math.min(looks, states.length - 1)] as QueryExecutionStatus;
    looks += 1;
    return { QueryExecution: execution(status) };
  });
}

async function failureOf(status: QueryExecutionStatus): Promise<Error> {
  ends(status);
  return await openQueries(options)
    .run('select 1')
    .then(
      () => Promise.reject(new Error('it succeeded')),
      (error: Error) => error,
    );
}

describe('run()', () => {
  it('starts in the workgroup and database, with a token', async () => {
    ends({ State: 'SUCCEEDED' });
    await openQueries(options).run('select 1');
    const input = athena.commandCalls(StartQueryExecutionCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      QueryString: 'select 1',
      WorkGroup: 'nights',
      QueryExecutionContext: { Catalog: 'AwsDataCatalog', Database: 'lake' },
    });
    expect(input?.ClientRequestToken?.length).toBeGreaterThanOrEqual(32);
  });

  it('looks until the query has ended, and tells what it scanned', async () => {
    ends({ State: 'QUEUED' }, { State: 'RUNNING' }, { State: 'SUCCEEDED' });
    const told: FinishedQuery[] = [];
    const finished = await openQueries({ ...options, onQuery: (query) => told.push(query) }).run(
      'x',
    );
    expect(athena.commandCalls(GetQueryExecutionCommand)).toHaveLength(3);
    expect(told).toEqual([finished]);
  });

  it('tries a throttled start again with the same token: it can start one query only', async () => {
    ends({ State: 'SUCCEEDED' });
    athena
      .on(StartQueryExecutionCommand)
      .rejectsOnce(refusal('TooManyRequestsException'))
      .rejectsOnce(refusal('ThrottlingException'))
      .resolves({ QueryExecutionId: 'q1' });
    await openQueries(options).run('select 1');
    const tokens = athena
      .commandCalls(StartQueryExecutionCommand)
      .map(({ args }) => args[0].input.ClientRequestToken);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
  });

  it('gives up on throttling after minutes, as what may succeed later', async () => {
    vi.useFakeTimers();
    athena.on(StartQueryExecutionCommand).rejects(refusal('TooManyRequestsException'));
    const run = openQueries(options)
      .run('select 1')
      .catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(6 * 60_000);
    expect(await run).toBeInstanceOf(TransientEngineError);
  });

  it('does not repeat a start that is refused', async () => {
    athena.on(StartQueryExecutionCommand).rejects(refusal('InvalidRequestException'));
    await expect(openQueries(options).run('select 1')).rejects.toThrow(
      'Cannot start a query: InvalidRequestException',
    );
    expect(athena.commandCalls(StartQueryExecutionCommand)).toHaveLength(1);
  });

  it('stops the query when it is aborted', async () => {
    ends({ State: 'RUNNING' });
    athena.on(StopQueryExecutionCommand).resolves({});
    const abort = new AbortController();
    const run = openQueries({
      ...options,
      look: { firstMs: 60_000, longestMs: 60_000 },
      signal: abort.signal,
    }).run('select 1');
    setTimeout(() => abort.abort(), 20);
    await expect(run).rejects.toThrow(/cancelled/);
    expect(athena.commandCalls(StopQueryExecutionCommand)[0]?.args[0].input).toEqual({
      QueryExecutionId: 'q1',
    });
  });
});

describe('failures', () => {
  it('of the text are told in full', async () => {
    const reason = "COLUMN_NOT_FOUND: line 1:8: Column 'no_such' cannot be resolved";
    const error = await failureOf({ State: 'FAILED', StateChangeReason: reason });
    expect(error.message).toContain(reason);
    expect(error).toBeInstanceOf(EngineError);
    expect(error).not.toBeInstanceOf(TransientEngineError);
  });

  it.each([
    "INVALID_CAST_ARGUMENT: Cannot cast 'zoe@example.com' to BIGINT",
    'GENERIC_USER_ERROR: zoe@example.com',
    'zoe@example.com is no number',
  ])('of rows are told by their name only: %s', async (StateChangeReason) => {
    const error = await failureOf({ State: 'FAILED', StateChangeReason });
    expect(error.message).not.toContain('zoe');
    expect(error.message).toMatch(/\(query q1\)/);
  });

  it.each([
    ['Athena says so', { Retryable: true, ErrorCategory: 2 }],
    ['they are its own', { Retryable: false, ErrorCategory: 1 }],
  ])('are transient when %s', async (_, AthenaError) => {
    expect(await failureOf({ State: 'FAILED', AthenaError })).toBeInstanceOf(TransientEngineError);
  });

  it('of a query that somebody stopped are not', async () => {
    const error = await failureOf({ State: 'CANCELLED' });
    expect(error.message).toMatch(/was stopped/);
    expect(error).not.toBeInstanceOf(TransientEngineError);
  });
});

describe('stopOthers()', () => {
  const running = { State: 'RUNNING', SubmissionDateTime: new Date() } as const;
  const old = { State: 'SUCCEEDED', SubmissionDateTime: new Date(0) } as const;

  function lists(...pages: readonly (readonly ReturnType<typeof execution>[])[]): void {
    athena.on(ListQueryExecutionsCommand).callsFake(({ NextToken = '0' }) => ({
      QueryExecutionIds: pages[Number(NextToken)]?.map(({ QueryExecutionId }) => QueryExecutionId),
      NextToken: String(Number(NextToken) + 1),
    }));
    athena.on(BatchGetQueryExecutionCommand).callsFake(({ QueryExecutionIds }) => ({
      QueryExecutions: pages
        .flat()
        .filter(({ QueryExecutionId }) => QueryExecutionIds.includes(QueryExecutionId)),
    }));
    athena.on(StopQueryExecutionCommand).resolves({});
  }

  function stopped() {
    return athena
      .commandCalls(StopQueryExecutionCommand)
      .map(({ args }) => args[0].input.QueryExecutionId);
  }

  it('stops what runs with that beginning, but not the one, and waits until it has ended', async () => {
    lists([
      execution(running, 'winner', '-- head\ninsert'),
      execution(running, 'other', '-- head\ninsert'),
      execution(running, 'stranger', '-- another head\ninsert'),
      execution({ ...running, State: 'FAILED' }, 'failed', '-- head\ninsert'),
      execution(old, 'old'),
    ]);
    ends(running, running, { State: 'CANCELLED' });
    await openQueries(options).stopOthers('-- head\n', 'winner');
    expect(stopped()).toEqual(['other']);
    expect(athena.commandCalls(GetQueryExecutionCommand)).toHaveLength(3);
  });

  it('looks through pages until none of a page can still run', async () => {
    lists(
      [execution(old, 'a'), execution(running, 'b')],
      [execution(old, 'c'), execution(running, 'd', '-- head\n')],
      [execution(old, 'e'), execution(old, 'f')],
      [execution(running, 'g', '-- head\n')],
    );
    ends({ State: 'CANCELLED' });
    await openQueries(options).stopOthers('-- head\n', 'winner');
    expect(stopped()).toEqual(['d']);
    expect(athena.commandCalls(ListQueryExecutionsCommand)).toHaveLength(3);
  });
});
