import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import type { Night } from '../stage.ts';

const destination = 'generic';
const header = [
  'customer_key',
  'scheme',
  'segment',
  'predicted_clv_12m',
  'p_alive',
  'snapshot_on',
  'op',
];

/**
 * Writes one audience a segment: its members to upsert, those who left since the run published
 * before to remove, and a manifest that names both files. Without personal data.
 */
export async function writeAudiences(night: Night): Promise<void> {
  const { engine, parameters } = night;
  const profiles = await engine.read(
    bind(
      `select scheme, segment from segment_profile
       where snapshot_on = :as_of and run_id = :run_id order by scheme, segment`,
      parameters,
    ),
  );
  for (const { scheme, segment } of profiles) {
    const of = { ...parameters, scheme: textOf(scheme), segment: textOf(segment) };
    const members = await engine.read(bind(membersText, of));
    const leavers = await engine.read(bind(leaversText, of));
    await writeAudience(night, `${scheme}-${segment}`, {
      upsert: members.map((row) => ({ ...row, op: 'upsert' })),
      remove: leavers.map((row) => ({ ...row, op: 'remove' })),
    });
  }
}

const membersText = `
  select m.customer_key, m.scheme, m.segment, v.predicted_clv_12m, v.p_alive, m.snapshot_on
  from segment_member m
  join customer_value v on v.customer_key = m.customer_key
    and v.snapshot_on = m.snapshot_on and v.run_id = m.run_id
  where m.snapshot_on = :as_of and m.run_id = :run_id
    and m.scheme = :scheme and m.segment = :segment
  order by m.customer_key`;

const leaversText = `
  select b.customer_key, b.scheme, b.segment, :as_of as snapshot_on
  from segment_member b
  left join segment_member m on m.customer_key = b.customer_key and m.scheme = b.scheme
    and m.segment = b.segment and m.snapshot_on = :as_of and m.run_id = :run_id
  where b.snapshot_on = :previous_snapshot_on and b.run_id = :previous_run_id
    and b.scheme = :scheme and b.segment = :segment and m.customer_key is null
  order by b.customer_key`;

async function writeAudience(
  { store, run }: Night,
  audience: string,
  parts: Readonly<Record<'upsert' | 'remove', readonly Row[]>>,
): Promise<void> {
  const folder = `audiences/${destination}/${audience}/run_id=${run.runId}`;
  const files = [];
  for (const [op, rows] of Object.entries(parts)) {
    const body = stringify([...rows], { header: true, columns: header });
    const key = `${folder}/${op}-0001.csv`;
    await store.put(key, body);
    const sha256 = createHash('sha256').update(body).digest('hex');
    files.push({ key, op, rows: rows.length, sha256 });
  }
  const manifest = {
    destination,
    audience,
    snapshot_on: run.snapshotOn,
    run_id: run.runId,
    files,
  };
  await store.put(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
}

function textOf(value: unknown) {
  return { type: 'text', value: String(value) } as const;
}
