import { z } from 'zod';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Run, SealedTable } from '../ports/query-engine.ts';

const sealedSchema: z.ZodType<SealedTable> = z.strictObject({
  table: z.string(),
  rows: z.int(),
  files: z.array(z.strictObject({ key: z.string(), bytes: z.int(), sha256: z.string() })),
});

/** Notes what a finished write left behind, for a night whose steps share no memory. */
export async function noteSealed(store: ObjectStore, run: Run, sealed: SealedTable): Promise<void> {
  await store.put(`${sealedFolder(run)}${sealed.table}.json`, `${JSON.stringify(sealed)}\n`);
}

/** The tables that a run has sealed so far, by name. */
export async function readSealed(
  store: ObjectStore,
  run: Run,
): Promise<ReadonlyMap<string, SealedTable>> {
  const sealed = new Map<string, SealedTable>();
  for await (const { key } of store.list(sealedFolder(run))) {
    const stored = await store.get(key);
    if (stored === null) continue;
    const table = sealedSchema.parse(JSON.parse(stored.body.toString()));
    sealed.set(table.table, table);
  }
  return sealed;
}

function sealedFolder({ runId }: Run): string {
  return `runs/${runId}/sealed/`;
}
