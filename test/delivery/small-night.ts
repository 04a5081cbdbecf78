import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DuckDbEngine, openDuckDbEngine } from '../../lib/adapters/duckdb/query-engine.ts';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import type { Secret } from '../../lib/keys/secret.ts';
import { runNight } from '../../lib/night/run-night.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import type { Row, Run } from '../../lib/ports/query-engine.ts';
import { audiences } from '../../lib/stages/audiences/stage.ts';
import { audit } from '../../lib/stages/publish/audit.ts';
import { movePointer } from '../../lib/stages/publish/pointer.ts';
import type { ComputeStep, Night } from '../../lib/stages/stage.ts';
import { allTables } from '../../lib/tables/all.ts';
import { audienceChange, audienceMember } from '../../lib/tables/audiences.ts';
import type { TableContract } from '../../lib/tables/contract.ts';
import { label } from '../../lib/tables/label.ts';
import { segmentMember, segmentProfile } from '../../lib/tables/segments.ts';
import { customerValue } from '../../lib/tables/value.ts';
import { labelRows } from '../../lib/words/label-rows.ts';
import { testSecret } from '../secret.ts';

/** Segments of a made-up night and the customers of each. */
export type Segments = Readonly<Record<string, readonly string[]>>;

export interface SmallHome {
  readonly folder: string;
  readonly store: ObjectStore;
  readonly engine: DuckDbEngine;
  readonly secret: Secret;
  /** A night whose segments are given, from there on as it is: audiences, their audit, the pointer. */
  readonly night: (asOf: string, segments: Segments, destinations?: string[]) => Promise<Run>;
  readonly close: () => Promise<void>;
}

export async function makeSmallHome(): Promise<SmallHome> {
  const folder = await mkdtemp(join(tmpdir(), 'clientele-delivery-'));
  const store = openFolderStore(folder);
  const engine = await openDuckDbEngine({ folder, tables: allTables });
  const clock = { now: () => new Date('2027-01-01T00:00:00Z') };
  return {
    folder,
    store,
    engine,
    secret: testSecret,
    night: async (asOf, segments, destinations = ['generic']) => {
      const services = { store, engine, clock, config: parseConfig({ destinations }) };
      const stages = [
        { name: 'segments', steps: givenTables(segments) },
        audiences,
        { name: 'publish', steps: [act('audit', auditAudiences), act('pointer', publish)] },
      ];
      return (await runNight(services, { asOf, stages })).run;
    },
    close: async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function givenTables(segments: Segments): ComputeStep[] {
  const members = Object.entries(segments).flatMap(([segment, keys]) =>
    keys.map((customer_key) => ({ customer_key, scheme: 'rfm', segment, reason: 'given' })),
  );
  const customers = [...new Set(members.map(({ customer_key }) => customer_key))];
  const profiles = Object.entries(segments).map(([segment, keys], place) => ({
    scheme: 'rfm',
    segment,
    count_customers: keys.length,
    net_sales_12m: 0,
    predicted_clv_12m: 0,
    priority_rank: place + 1,
    action: 'given',
  }));
  return [
    given(label, labelRows()),
    given(
      customerValue,
      customers.map((customer_key) => ({
        customer_key,
        predicted_clv_12m: '12.5000',
        p_alive: 0.5,
      })),
    ),
    given(segmentMember, members),
    given(segmentProfile, profiles),
  ];
}

function given(writes: TableContract, rows: readonly Row[]): ComputeStep {
  return { kind: 'compute', name: writes.name, writes, reads: [], compute: async () => rows };
}

function act(name: string, work: (night: Night) => Promise<unknown>): ComputeStep {
  const compute = async (night: Night) => {
    await work(night);
    return [];
  };
  return { kind: 'compute', name, writes: null, reads: [], compute };
}

const auditAudiences = (night: Night) => audit(night, [audienceMember, audienceChange]);

const publish = ({ store, run, pointer, sealed }: Night) =>
  movePointer(store, run, { from: pointer, tables: [...sealed.values()] });
