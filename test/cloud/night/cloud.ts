import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AthenaClient } from '@aws-sdk/client-athena';
import {
  type AthenaEngine,
  type AthenaOptions,
  openAthenaEngine,
} from '../../../lib/adapters/athena/query-engine.ts';
import { allTables } from '../../../lib/tables/all.ts';
import type { Drop } from '../../night/home.ts';
import { type CloudLake, makeLake, openAthenaClient } from '../athena/lake.ts';
import { type AthenaServer, startAthena } from '../athena/server.ts';
import { runAthenaTask } from './athena-task.ts';
import { type Invoke, startContainers } from './containers.ts';
import { connectDrops, type Message } from './drops.ts';
import { type ExecutionOptions, type ExecutionResult, execute } from './execution.ts';
import { makeSecret } from './secret.ts';
import { deployedParts } from './template.ts';

type Executed = (
  options: Pick<ExecutionOptions, 'name' | 'input'> & Partial<ExecutionOptions>,
) => Promise<ExecutionResult>;

/** Everything that a deployed stack is, on this machine. */
export interface Cloud {
  readonly athena: AthenaServer;
  readonly athenaClient: AthenaClient;
  readonly lake: CloudLake;
  readonly invoke: Invoke;
  /** For the tests' own questions. */
  readonly engine: AthenaEngine;
  readonly openEngine: (options: Pick<AthenaOptions, 'onQuery'>) => AthenaEngine;
  /** Puts files, in this order and a second apart, as S3 keeps whole seconds. */
  readonly drop: (files: Drop) => Promise<void>;
  readonly messages: () => Promise<readonly Message[]>;
  /** Hands messages to the function as the queue does; removes those of calls that do not fail. */
  readonly deliver: (messages: readonly Message[]) => Promise<readonly string[]>;
  /**
   * Hands over what waits until nothing does; a call that fails, or whose time is out, gives its
   * messages back. Tells the keys of each call.
   */
  readonly drain: (timeIsOut: () => Promise<void>) => Promise<readonly QueueCall[]>;
  /** Keys of what the queue has set aside and was not told of yet. */
  readonly deadLetters: () => Promise<readonly string[]>;
  readonly night: Executed;
  /** The state machine of delivery. */
  readonly delivery: Executed;
  readonly close: () => Promise<void>;
}

interface QueueCall {
  readonly keys: readonly string[];
  readonly isDone: boolean;
}

export async function openCloud(options: {
  readonly servers: { readonly awsUrl: string; readonly trinoUrl: string };
  readonly configuration: unknown;
  /** What stands between the functions and S3. */
  readonly s3Url?: string;
}): Promise<Cloud> {
  const { servers, configuration, s3Url = servers.awsUrl } = options;
  const athena = await startAthena(servers.trinoUrl);
  const lake = await makeLake({ athena, ...servers, tables: allTables });
  const folder = await mkdtemp(join(tmpdir(), 'clientele-settings-'));
  const settings = join(folder, 'clientele.config.json');
  await writeFile(settings, JSON.stringify(configuration));
  const parts = deployedParts({ ...lake, bucket: lake.name });
  const { definition, delivery, batchSize } = parts;
  const queue = await connectDrops(servers.awsUrl, lake, parts);
  const invoke = await startContainers({
    bucket: lake.name,
    results: lake.results.name,
    database: lake.database,
    workgroup: lake.workgroup,
    settings,
    secret: await makeSecret(servers.awsUrl),
    secretsUrl: servers.awsUrl,
    awsUrl: s3Url,
    athenaUrl: athena.url,
  });
  const athenaClient = openAthenaClient(athena);
  const openEngine: Cloud['openEngine'] = (more) =>
    openAthenaEngine({
      client: athenaClient,
      store: lake.store,
      results: lake.results.store,
      workgroup: lake.workgroup,
      database: lake.database,
      tables: allTables,
      look: { firstMs: 10, longestMs: 200 },
      ...more,
    });

  async function drop(files: Drop): Promise<void> {
    for (const [key, body] of Object.entries(files)) {
      await lake.store.put(key, body);
      await sleep(1_050);
    }
  }

  /** One call of the function. */
  async function ingest(messages: readonly Message[]): Promise<void> {
    await invoke('ingest', {
      Records: messages.map(({ messageId, body, receiptHandle }) => ({
        messageId,
        body,
        receiptHandle,
        eventSource: 'aws:sqs',
        attributes: {},
        messageAttributes: {},
      })),
    });
  }

  async function deliver(messages: readonly Message[]): Promise<readonly string[]> {
    const failed: string[] = [];
    for (let i = 0; i < messages.length; i += batchSize) {
      const batch = messages.slice(i, i + batchSize);
      const isDone = await ingest(batch).then(...asBoolean);
      if (isDone) for (const message of batch) await queue.remove(message);
      else failed.push(...batch.map(({ messageId }) => messageId));
    }
    return failed;
  }

  async function drain(timeIsOut: () => Promise<void>): Promise<readonly QueueCall[]> {
    const calls: QueueCall[] = [];
    for (;;) {
      const batch = await queue.receive(batchSize);
      if (batch.length === 0) return calls;
      const tooLong = timeIsOut().then(() => false);
      const isDone = await Promise.race([ingest(batch).then(...asBoolean), tooLong]);
      calls.push({ keys: batch.map(keyOf), isDone });
      for (const message of batch) await (isDone ? queue.remove(message) : queue.giveBack(message));
    }
  }

  const machinery = {
    invoke,
    runQuery: (parameters: unknown) => runAthenaTask(athenaClient, parameters as never),
  };
  return {
    athena,
    athenaClient,
    lake,
    invoke,
    engine: openEngine({}),
    openEngine,
    drop,
    messages: queue.receive,
    deliver,
    drain,
    deadLetters: async () => (await queue.deadLetters()).map(keyOf),
    night: (given) => execute({ ...machinery, definition, ...given }),
    delivery: (given) => execute({ ...machinery, definition: delivery, ...given }),
    close: async () => {
      await lake.drop();
      await athena.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const asBoolean = [() => true, () => false] as const;

/** The key of the object that an event tells of. */
function keyOf({ body }: Message): string {
  return JSON.parse(body).detail.object.key;
}
