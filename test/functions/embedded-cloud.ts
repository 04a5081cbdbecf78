import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { begin } from '../../functions/begin.ts';
import { compute } from '../../functions/compute.ts';
import { deliver } from '../../functions/deliver.ts';
import {
  beginMessage,
  computeMessage,
  deliverMessage,
  renderMessage,
  sealMessage,
} from '../../functions/messages.ts';
import { render } from '../../functions/render.ts';
import { seal } from '../../functions/seal.ts';
import { openFileEngine } from '../../lib/adapters/duckdb/file-engine.ts';
import { openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import type { IngestServices } from '../../lib/ingest/services.ts';
import type { SealedTable } from '../../lib/ports/query-engine.ts';
import { allTables } from '../../lib/tables/all.ts';
import type { FunctionName, Invoke } from '../cloud/night/containers.ts';
import { testSecret } from '../secret.ts';

/** What `athena:startQueryExecution.sync` is given. */
export interface StartQuery {
  readonly QueryString: string;
  readonly ClientRequestToken: string;
}

/** The functions on a folder and the embedded engine, which also plays Athena's part. */
export interface EmbeddedCloud extends IngestServices {
  readonly folder: string;
  readonly invoke: Invoke;
  /** Runs a query to its end; the answer names it. */
  readonly runQuery: (start: StartQuery) => Promise<unknown>;
  /** Every query that was started, in order. */
  readonly queries: readonly StartQuery[];
}

export async function openEmbeddedCloud(configuration: unknown = {}): Promise<EmbeddedCloud> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-functions-'));
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  afterAll(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });
  const store = openFolderStore(folder);
  const clock = { now: () => new Date() };
  const config = parseConfig(configuration);
  const queries: StartQuery[] = [];
  const written = new Map<string, SealedTable>();

  /** One at a time: the embedded engine has one connection. */
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn;
    return turn;
  }

  async function runQuery(start: StartQuery): Promise<unknown> {
    queries.push(start);
    const [, table = '', runId = '', snapshotOn = ''] =
      /^-- clientele writes (\w+) of run ([\w-]+) \((.*)\)\n/.exec(start.QueryString) ?? [];
    const contract = allTables.find(({ name }) => name === table);
    if (contract === undefined) throw new Error(`there is no table ${table}`);
    const text = start.QueryString;
    const select = text.slice(text.indexOf('\nfrom (\n') + 8, text.lastIndexOf('\n) as typed'));
    const sealed = await inTurn(() => engine.write(contract, { runId, snapshotOn }, select));
    const queryId = `query-${queries.length}`;
    written.set(queryId, sealed);
    return { QueryExecution: { QueryExecutionId: queryId } };
  }

  const services = { store, clock, config, engine };
  const sealing = {
    store,
    engine: {
      read: (select: string) => inTurn(() => engine.read(select)),
      sealTable: async (_table: unknown, _run: unknown, queryId: string) => {
        const sealed = written.get(queryId);
        if (sealed === undefined) throw new Error(`there is no query ${queryId}`);
        return sealed;
      },
    },
  };
  const computing = (payload: unknown) =>
    inTurn(() => compute(services, computeMessage.parse(payload)));
  const functions: Partial<Record<FunctionName, (message: unknown) => Promise<unknown>>> = {
    begin: (message) => begin(services, beginMessage.parse(message)),
    render: (message) => render(services, renderMessage.parse(message)),
    seal: (message) => seal(sealing, sealMessage.parse(message)),
    compute: computing,
    publish: computing,
    deliver: (message) =>
      inTurn(() => deliver({ ...services, secret: testSecret }, deliverMessage.parse(message))),
  };

  /** Both ways through JSON, as Lambda does it. */
  async function invoke(name: FunctionName, message: unknown): Promise<unknown> {
    const answer = await functions[name]?.(JSON.parse(JSON.stringify(message)));
    return JSON.parse(JSON.stringify(answer ?? null));
  }

  return {
    folder,
    store,
    clock,
    config,
    secret: testSecret,
    openFileEngine,
    scratch: join(folder, '.scratch'),
    queries,
    runQuery,
    invoke,
  };
}
