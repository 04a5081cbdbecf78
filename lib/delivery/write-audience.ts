import { type AudienceFile, writeAudienceFile } from '../destinations/audience-file.ts';
import type { Destination } from '../destinations/destination.ts';
import { EngineError } from '../errors.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { Run } from '../ports/query-engine.ts';
import type { AudiencePlan } from './plan.ts';
import type { RowsInTurn } from './rows-in-turn.ts';

/**
 * Writes the files of one audience, then the manifest that names them: without it nothing of an
 * audience is to be imported. Fails with an EngineError when the rows are not as many as counted.
 */
export async function writeAudience(
  store: ObjectStore,
  destination: Destination,
  audience: { readonly run: Run; readonly plan: AudiencePlan; readonly rows: RowsInTurn },
): Promise<void> {
  const { run, plan, rows } = audience;
  const folder = `audiences/${destination.name}/${plan.audience}/run_id=${run.runId}`;
  const files: AudienceFile[] = [];
  for (const [op, counted] of [
    ['upsert', plan.upserts],
    ['remove', plan.removes],
  ] as const) {
    const file = await writeAudienceFile(store, destination, {
      key: `${folder}/${op}-0001.csv`,
      op,
      changes: rows.of(plan.audience, op),
    });
    if (file.rows !== counted) {
      throw new EngineError(
        `Cannot deliver audience ${plan.audience} of run ${run.runId}: ${counted} rows to ${op} were counted: found ${file.rows}.`,
      );
    }
    files.push(file);
  }
  const manifest = {
    destination: destination.name,
    audience: plan.audience,
    snapshot_on: run.snapshotOn,
    run_id: run.runId,
    replace: plan.isReplaced,
    files,
  };
  await store.put(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}
