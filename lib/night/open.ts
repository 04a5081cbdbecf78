import type { Clock } from '../ports/clock.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { QueryEngine } from '../ports/query-engine.ts';
import type { Night } from '../stages/stage.ts';
import { nightParameters } from './parameters.ts';
import { readRecord } from './record.ts';
import { readSealed } from './sealed.ts';

export interface OpenServices {
  readonly engine: QueryEngine;
  readonly store: ObjectStore;
  readonly clock: Clock;
}

/** The night of a claimed run as far as it has come, for a step that runs in a process of its own. */
export async function openNight(services: OpenServices, runId: string): Promise<Night> {
  const record = await readRecord(services.store, runId);
  const sealed = await readSealed(services.store, record.run);
  return { ...services, ...record, parameters: nightParameters(record), sealed };
}
