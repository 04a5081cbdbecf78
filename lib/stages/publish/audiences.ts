import { AuditError } from '../../errors.ts';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import type { Night } from '../stage.ts';
import { type AudienceFile, writeAudienceFile } from './audience-file.ts';

const destination = 'generic';

/**
 * Writes one audience a segment: its members to upsert, those who left since the run published
 * before to remove, and a manifest that names both files. Without personal data.
 *
 * All audiences are one query of members and one of leavers, whose rows pass through as they come:
 * each query is paid for by what it scans, and there may be millions of them.
 */
export async function writeAudiences(night: Night): Promise<void> {
  const { engine, store, run, parameters } = night;
  const segments = await engine.read(bind(segmentsText, parameters));
  const upserts = await writeFiles(night, segments, { op: 'upsert', text: membersText });
  const removes = await writeFiles(night, segments, { op: 'remove', text: leaversText });
  for (const [place, segment] of segments.entries()) {
    const manifest = {
      destination,
      audience: audienceOf(segment),
      snapshot_on: run.snapshotOn,
      run_id: run.runId,
      files: [upserts[place], removes[place]],
    };
    const key = `${folderOf(night, segment)}/manifest.json`;
    await store.put(key, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

const segmentsText = `
  select scheme, segment from segment_profile
  where snapshot_on = :as_of and run_id = :run_id order by scheme, segment`;

const membersText = `
  select m.customer_key, m.scheme, m.segment, v.predicted_clv_12m, v.p_alive, m.snapshot_on
  from segment_member m
  join customer_value v on v.customer_key = m.customer_key
    and v.snapshot_on = m.snapshot_on and v.run_id = m.run_id
  where m.snapshot_on = :as_of and m.run_id = :run_id
  order by m.scheme, m.segment, m.customer_key`;

/** Of segments that there are still: a name that was given up has no audience to leave. */
const leaversText = `
  select b.customer_key, b.scheme, b.segment, :as_of as snapshot_on
  from segment_member b
  join segment_profile p on p.scheme = b.scheme and p.segment = b.segment
    and p.snapshot_on = :as_of and p.run_id = :run_id
  left join segment_member m on m.customer_key = b.customer_key and m.scheme = b.scheme
    and m.segment = b.segment and m.snapshot_on = :as_of and m.run_id = :run_id
  where b.snapshot_on = :previous_snapshot_on and b.run_id = :previous_run_id
    and m.customer_key is null
  order by b.scheme, b.segment, b.customer_key`;

/** One file a segment, empty ones included; the rows come in the order of the segments. */
async function writeFiles(
  night: Night,
  segments: readonly Row[],
  { op, text }: { readonly op: string; readonly text: string },
): Promise<readonly AudienceFile[]> {
  const rows = night.engine.rows(bind(text, night.parameters))[Symbol.asyncIterator]();
  let next = await rows.next();

  async function* rowsOf(segment: Row): AsyncGenerator<Row> {
    for (; !next.done && audienceOf(next.value) === audienceOf(segment); next = await rows.next()) {
      yield { ...next.value, op };
    }
  }

  try {
    const files: AudienceFile[] = [];
    for (const segment of segments) {
      const key = `${folderOf(night, segment)}/${op}-0001.csv`;
      files.push(await writeAudienceFile(night.store, { key, op, rows: rowsOf(segment) }));
    }
    if (!next.done) {
      throw new AuditError(
        `Cannot write the audiences: every segment must have a profile: ${audienceOf(next.value)} has none.`,
      );
    }
    return files;
  } finally {
    await rows.return?.();
  }
}

function audienceOf({ scheme, segment }: Row): string {
  return `${scheme}-${segment}`;
}

function folderOf({ run }: Night, segment: Row): string {
  return `audiences/${destination}/${audienceOf(segment)}/run_id=${run.runId}`;
}
