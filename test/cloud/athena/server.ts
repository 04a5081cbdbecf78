import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { type Execution, newExecution, runExecution, type Workgroup } from './executions.ts';
import { type Faults, openFaults } from './faults.ts';
import { columnInfo } from './result-file.ts';
import type { TrinoValue } from './trino-statement.ts';

export interface AthenaServer {
  readonly url: string;
  readonly faults: Faults;
  /** All queries so far, the oldest first. */
  readonly executions: readonly Execution[];
  addWorkgroup(name: string, workgroup: Workgroup): void;
  stop(): Promise<void>;
}

/** A refusal as the service words it. */
class Refusal extends Error {
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

const startRequest = z.object({
  QueryString: z.string().min(1).max(262_144),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  WorkGroup: z.string(),
  QueryExecutionContext: z.object({
    Catalog: z.literal('AwsDataCatalog').optional(),
    Database: z.string(),
  }),
});
const oneRequest = z.object({ QueryExecutionId: z.string() });
const someRequest = z.object({ QueryExecutionIds: z.array(z.string()).max(50) });
const pageRequest = z.object({
  MaxResults: z.int().min(1).max(1_000).default(1_000),
  NextToken: z.string().optional(),
});
const resultsRequest = oneRequest.extend(pageRequest.shape);
const listRequest = pageRequest.extend({ WorkGroup: z.string(), MaxResults: z.int().max(50) });

/**
 * A server that speaks Athena's JSON protocol (version 1.1) in front of Trino, for tests: what the
 * SDK's client needs of queries, their results and their files, and faults on demand.
 * https://docs.aws.amazon.com/athena/latest/APIReference
 */
export async function startAthena(trinoUrl: string): Promise<AthenaServer> {
  const executions: Execution[] = [];
  const workgroups = new Map<string, Workgroup>();
  const faults = openFaults();

  function workgroupNamed(name: string): Workgroup {
    const workgroup = workgroups.get(name);
    if (workgroup !== undefined) return workgroup;
    throw new Refusal('InvalidRequestException', `WorkGroup ${name} is not found.`);
  }

  function executionOf(id: string): Execution {
    const execution = executions.find((one) => one.id === id);
    if (execution !== undefined) return execution;
    throw new Refusal('InvalidRequestException', `QueryExecution ${id} was not found`);
  }

  const actions: Readonly<Record<string, (body: unknown) => unknown>> = {
    StartQueryExecution: (body) => {
      const request = startRequest.parse(body);
      const { QueryString: text, WorkGroup: name, ClientRequestToken: token = null } = request;
      const workgroup = workgroupNamed(name);
      const earlier = executions.find((one) => token !== null && one.token === token);
      if (earlier !== undefined) {
        if (earlier.text === text) return { QueryExecutionId: earlier.id };
        throw new Refusal('InvalidRequestException', 'Idempotent parameters do not match');
      }
      const fault = faults.take(text);
      if (fault?.kind === 'throttle') {
        throw new Refusal('TooManyRequestsException', 'You have exceeded the limit');
      }
      const database = request.QueryExecutionContext.Database;
      const execution = newExecution({ token, text, workgroup: name, database });
      executions.push(execution);
      void runExecution(execution, { trinoUrl, workgroup, fault });
      return { QueryExecutionId: execution.id };
    },
    GetQueryExecution: (body) => ({
      QueryExecution: shown(executionOf(oneRequest.parse(body).QueryExecutionId)),
    }),
    BatchGetQueryExecution: (body) => ({
      QueryExecutions: someRequest
        .parse(body)
        .QueryExecutionIds.map((id) => shown(executionOf(id))),
      UnprocessedQueryExecutionIds: [],
    }),
    ListQueryExecutions: (body) => {
      const { WorkGroup: name, MaxResults: size, NextToken: from = '0' } = listRequest.parse(body);
      const ids = executions
        .filter(({ workgroup }) => workgroup === name)
        .map(({ id }) => id)
        .reverse();
      const end = Number(from) + size;
      return {
        QueryExecutionIds: ids.slice(Number(from), end),
        ...(end < ids.length ? { NextToken: String(end) } : {}),
      };
    },
    StopQueryExecution: (body) => {
      const execution = executionOf(oneRequest.parse(body).QueryExecutionId);
      execution.isStopped = true;
      void execution.statement?.cancel();
      return {};
    },
    GetQueryResults: (body) => {
      const request = resultsRequest.parse(body);
      return results(executionOf(request.QueryExecutionId), request);
    },
  };

  function shown(execution: Execution) {
    return shownExecution(execution, workgroupNamed(execution.workgroup).results.name);
  }

  const server = createServer(async (request, response) => {
    const { status, body } = await answer(request, actions);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    executions,
    addWorkgroup: (name, workgroup) => void workgroups.set(name, workgroup),
    stop: async () => {
      for (const execution of executions) execution.isStopped = true;
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  actions: Readonly<Record<string, (body: unknown) => unknown>>,
): Promise<{ readonly status: number; readonly body: unknown }> {
  try {
    const target = String(request.headers['x-amz-target']).replace('AmazonAthena.', '');
    const action = actions[target];
    if (action === undefined) throw new Refusal('UnknownOperationException', target);
    return { status: 200, body: await action(await json(request)) };
  } catch (error) {
    const type = error instanceof Refusal ? error.type : 'InvalidRequestException';
    return { status: 400, body: { __type: type, Message: (error as Error).message } };
  }
}

function shownExecution(execution: Execution, bucket: string) {
  const { id, text, state, submittedAt, endedAt, reason, answer, manifestKey } = execution;
  return {
    QueryExecutionId: id,
    Query: text,
    WorkGroup: execution.workgroup,
    QueryExecutionContext: { Catalog: 'awsdatacatalog', Database: execution.database },
    ResultConfiguration: { OutputLocation: `s3://${bucket}/${execution.resultKey}` },
    Status: {
      State: state,
      SubmissionDateTime: submittedAt / 1000,
      ...(endedAt === null ? {} : { CompletionDateTime: endedAt / 1000 }),
      ...(reason === null ? {} : { StateChangeReason: reason }),
      ...(state === 'FAILED'
        ? {
            AthenaError: {
              ErrorCategory: execution.isRetryable ? 1 : 2,
              ErrorType: 0,
              Retryable: execution.isRetryable,
              ErrorMessage: reason,
            },
          }
        : {}),
    },
    Statistics: {
      EngineExecutionTimeInMillis: (endedAt ?? Date.now()) - submittedAt,
      QueryQueueTimeInMillis: 0,
      DataScannedInBytes: answer?.scannedBytes ?? 0,
      ...(manifestKey === null ? {} : { DataManifestLocation: `s3://${bucket}/${manifestKey}` }),
    },
  };
}

/** One page; the first row of a SELECT's first page holds the names. */
function results(
  { answer, state }: Execution,
  page: { readonly MaxResults: number; readonly NextToken?: string | undefined },
) {
  if (state !== 'SUCCEEDED' || answer === null) {
    throw new Refusal('InvalidRequestException', `Query has not yet finished. State: ${state}`);
  }
  const isSelect = answer.updated === null;
  const names = answer.columns.map(({ name }) => name);
  const rows: (readonly TrinoValue[])[] = isSelect ? [names, ...answer.rows] : [];
  const from = Number(page.NextToken ?? 0);
  const end = from + page.MaxResults;
  return {
    UpdateCount: answer.updated ?? 0,
    ResultSet: {
      Rows: rows.slice(from, end).map((values) => ({
        Data: values.map((value) => (value === null ? {} : { VarCharValue: String(value) })),
      })),
      ResultSetMetadata: { ColumnInfo: isSelect ? answer.columns.map(columnInfo) : [] },
    },
    ...(end < rows.length ? { NextToken: String(end) } : {}),
  };
}
