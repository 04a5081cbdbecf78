import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ObjectStore } from '../../../lib/ports/object-store.ts';
import type { Fault } from './faults.ts';
import { columnInfo, resultCsv } from './result-file.ts';
import { type Translated, translate } from './translate.ts';
import { startStatement, type TrinoAnswer, type TrinoStatement } from './trino-statement.ts';

type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** Where a workgroup's results go, and which tables' files may be looked through for what it wrote. */
export interface Workgroup {
  /** Of the tables. */
  readonly bucket: string;
  readonly store: ObjectStore;
  readonly results: { readonly name: string; readonly store: ObjectStore };
  /** The folder of a table, without a `/` at its end. */
  readonly folderOf: (table: string) => string;
}

export interface Execution {
  readonly id: string;
  readonly token: string | null;
  readonly text: string;
  readonly workgroup: string;
  readonly database: string;
  readonly submittedAt: number;
  state: State;
  endedAt: number | null;
  reason: string | null;
  isRetryable: boolean;
  answer: TrinoAnswer | null;
  resultKey: string;
  manifestKey: string | null;
  statement: TrinoStatement | null;
  isStopped: boolean;
}

export function newExecution(
  request: Pick<Execution, 'token' | 'text' | 'workgroup' | 'database'>,
): Execution {
  const id = randomUUID();
  return {
    ...request,
    id,
    submittedAt: Date.now(),
    state: 'QUEUED',
    endedAt: null,
    reason: null,
    isRetryable: false,
    answer: null,
    resultKey: id,
    manifestKey: null,
    statement: null,
    isStopped: false,
  };
}

/** How long a query goes on working after it was told to stop. */
const lastWritesMs = 400;

/** Runs a query on Trino and leaves behind what Athena would. Never fails: its state tells. */
export async function runExecution(
  execution: Execution,
  at: { readonly trinoUrl: string; readonly workgroup: Workgroup; readonly fault: Fault | null },
): Promise<void> {
  try {
    await work(execution, at);
  } catch (error) {
    end(execution, 'FAILED', `GENERIC_INTERNAL_ERROR: ${(error as Error).message}`);
  }
}

async function work(
  execution: Execution,
  { trinoUrl, workgroup, fault }: Parameters<typeof runExecution>[1],
): Promise<void> {
  const translated = translate(execution.text, execution.database);
  if (translated === null) {
    end(execution, 'FAILED', 'NOT_SUPPORTED: Queries of this type are not supported');
    return;
  }
  execution.state = 'RUNNING';
  const answer = await answerOf(execution, { trinoUrl, translated });
  if (answer.error !== null) {
    if (execution.isStopped) end(execution, 'CANCELLED', 'Query cancelled by user');
    else end(execution, 'FAILED', `${answer.error.name}: ${answer.error.message}`);
    return;
  }
  const written =
    translated.table === null ? [] : await filesOf(workgroup, translated.table, answer.trinoId);
  await leaveFiles(execution, { workgroup, written, kind: translated.kind });
  if (fault?.kind === 'fail after writing') {
    execution.isRetryable = true;
    end(execution, 'FAILED', 'INTERNAL_ERROR_QUERY_ENGINE: told to fail after writing');
  } else if (fault?.kind === 'hang after writing') {
    while (!execution.isStopped) await sleep(20);
    await writeLate(workgroup, written);
    end(execution, 'CANCELLED', 'Query cancelled by user');
  } else if (execution.isStopped) {
    end(execution, 'CANCELLED', 'Query cancelled by user');
  } else {
    end(execution, 'SUCCEEDED', null);
  }
}

/** The answer to the last statement, or to the first one that failed. */
async function answerOf(
  execution: Execution,
  { trinoUrl, translated }: { readonly trinoUrl: string; readonly translated: Translated },
): Promise<TrinoAnswer> {
  const session = { url: trinoUrl, schema: execution.database };
  for (const statement of translated.statements) {
    execution.statement = startStatement(session, statement);
    const answer = await execution.statement.answer;
    const isDone = translated.mayBeDone?.test(answer.error?.message ?? '') === true;
    execution.answer = isDone ? { ...answer, error: null } : answer;
    if (execution.answer.error !== null) break;
  }
  return execution.answer as TrinoAnswer;
}

function end(execution: Execution, state: State, reason: string | null): void {
  execution.reason = reason;
  execution.endedAt = Date.now();
  execution.state = state;
}

/** The result of a SELECT; of an INSERT the list of its files, where it wrote any. */
async function leaveFiles(
  execution: Execution,
  left: {
    readonly workgroup: Workgroup;
    readonly written: readonly string[];
    readonly kind: 'select' | 'insert' | 'ddl';
  },
): Promise<void> {
  const { workgroup, written, kind } = left;
  const { answer, resultKey } = execution;
  const columns = answer?.columns ?? [];
  if (kind === 'select') {
    execution.resultKey = `${resultKey}.csv`;
    await workgroup.results.store.put(execution.resultKey, resultCsv(columns, answer?.rows ?? []));
    const infos = JSON.stringify(columns.map(columnInfo));
    await workgroup.results.store.put(`${execution.resultKey}.metadata`, infos);
  } else if (kind === 'ddl') {
    execution.resultKey = `${resultKey}.txt`;
    await workgroup.results.store.put(execution.resultKey, '');
  } else if (written.length > 0) {
    execution.manifestKey = `${resultKey}-manifest.csv`;
    const lines = written.map((key) => `s3://${workgroup.bucket}/${key}\n`);
    await workgroup.results.store.put(execution.manifestKey, lines.join(''));
  }
}

async function filesOf(
  { store, folderOf }: Workgroup,
  table: string,
  trinoId: string,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of store.list(`${folderOf(table)}/`)) {
    if (key.slice(key.lastIndexOf('/') + 1).startsWith(trinoId)) keys.push(key);
  }
  return keys;
}

/** A query that is told to stop may still finish the files it is at. */
async function writeLate({ store }: Workgroup, written: readonly string[]): Promise<void> {
  await sleep(lastWritesMs);
  for (const key of written) {
    const stored = await store.get(key);
    if (stored !== null) await store.put(`${key}-late`, stored.body);
  }
}
