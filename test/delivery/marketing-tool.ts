import { parse } from 'csv-parse/sync';
import type { ObjectStore } from '../../lib/ports/object-store.ts';

interface Manifest {
  readonly audience: string;
  readonly replace: boolean;
  readonly files: readonly { readonly key: string; readonly op: string }[];
}

/** The lists that a tool holds, by audience, from the files it was given. */
export interface MarketingTool {
  /** Watches what is written through it: the tool reads each in the order of writing. */
  readonly watch: (store: ObjectStore) => ObjectStore;
  /** Audience and customer of every member, sorted. */
  readonly members: () => readonly string[];
}

type Import = (lists: Map<string, Set<string>>, key: string, store: ObjectStore) => Promise<void>;

/** Imports an audience when its manifest is there, as the guide asks for. */
export const importByManifest: Import = async (lists, key, store) => {
  if (!key.endsWith('/manifest.json')) return;
  const stored = await store.get(key);
  const { audience, replace, files }: Manifest = JSON.parse(String(stored?.body));
  const list = replace ? new Set<string>() : listOf(lists, audience);
  lists.set(audience, list);
  for (const file of files) apply(list, file.op, await keysOf(store, file.key));
};

/** Imports every file at once, whether or not its manifest ever comes. */
export const importAtOnce: Import = async (lists, key, store) => {
  const [, audience, op] = /^audiences\/[^/]+\/([^/]+)\/.*\/(\w+)-0001\.csv$/.exec(key) ?? [];
  if (audience === undefined || op === undefined) return;
  apply(listOf(lists, audience), op, await keysOf(store, key));
};

export function makeTool(importing: Import): MarketingTool {
  const lists = new Map<string, Set<string>>();
  return {
    watch: (store) => ({
      ...store,
      put: async (key, body) => {
        await store.put(key, body);
        await importing(lists, key, store);
      },
      putStream: async (key, body) => {
        const etag = await store.putStream(key, body);
        await importing(lists, key, store);
        return etag;
      },
    }),
    members: () =>
      [...lists].flatMap(([name, keys]) => [...keys].map((key) => `${name} ${key}`)).sort(),
  };
}

function listOf(lists: Map<string, Set<string>>, audience: string): Set<string> {
  const list = lists.get(audience) ?? new Set();
  lists.set(audience, list);
  return list;
}

function apply(list: Set<string>, op: string, keys: readonly string[]): void {
  for (const key of keys) {
    if (op === 'upsert') list.add(key);
    else list.delete(key);
  }
}

async function keysOf(store: ObjectStore, key: string): Promise<readonly string[]> {
  const stored = await store.get(key);
  const rows: { customer_key: string }[] = parse(String(stored?.body), { columns: true });
  return rows.map(({ customer_key }) => customer_key);
}
