import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';
import { parseConfig } from '../../lib/config.ts';
import { ConfigurationError, StorageError } from '../../lib/errors.ts';
import { type BeginServices, beginNight } from '../../lib/night/begin.ts';
import { dayBefore } from '../../lib/night/business-day.ts';
import { readRecord } from '../../lib/night/record.ts';
import { noteSealed, readSealed } from '../../lib/night/sealed.ts';
import { movePointer } from '../../lib/stages/publish/pointer.ts';

let folder: string;
let services: BeginServices;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clientele-'));
  services = {
    store: openFolderStore(folder),
    clock: { now: () => new Date('2026-03-10T12:00:00Z') },
    config: parseConfig({ time_zone: 'Europe/Paris', margin_rate: 0.4 }),
  };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const scheduledAt = '2026-03-01T23:30:00Z';

test('a night is named by the business day before its schedule, however late it starts', async () => {
  const { run } = await beginNight(services, { start: { execution: 'a', scheduledAt } });
  // 23:30 in UTC is already 2 March in Paris.
  expect(run).toEqual({ snapshotOn: '2026-03-01', runId: '2026-03-01-1' });
});

test('the same execution begins the same run again', async () => {
  const start = { execution: 'a', scheduledAt: null };
  const first = await beginNight(services, { start });
  expect(await beginNight(services, { start })).toEqual(first);
});

test('a schedule delivered twice gets the run of the first execution, which the second can see', async () => {
  await beginNight(services, { start: { execution: 'a', scheduledAt } });
  const second = await beginNight(services, { start: { execution: 'b', scheduledAt } });
  expect(second.start?.execution).toBe('a');
});

test('two nights started by hand have runs of their own', async () => {
  const runs = await Promise.all(
    ['a', 'b'].map((execution) =>
      beginNight(services, { start: { execution, scheduledAt: null } }),
    ),
  );
  expect(runs.map(({ run }) => run.runId).sort()).toEqual(['2026-03-09-1', '2026-03-09-2']);
});

test('the record keeps settings and pointer as they were', async () => {
  await movePointer(
    services.store,
    { snapshotOn: '2026-03-01', runId: '2026-03-01-1' },
    { from: null, tables: [] },
  );
  const record = await beginNight(services);
  const changed = { ...services, config: parseConfig({ margin_rate: 0.9 }) };
  await beginNight(changed);
  expect(await readRecord(services.store, record.run.runId)).toEqual(record);
  expect(record.config.margin_rate).toBe(0.4);
  expect(record.pointer?.current.runId).toBe('2026-03-01-1');
});

test('an older date than the published one claims nothing unless it is asked for', async () => {
  await movePointer(
    services.store,
    { snapshotOn: '2026-03-05', runId: '2026-03-05-1' },
    { from: null, tables: [] },
  );
  await expect(beginNight(services, { asOf: '2026-03-04' })).rejects.toBeInstanceOf(
    ConfigurationError,
  );
  expect(await services.store.head('runs/2026-03-04-1.json')).toBeNull();
  const record = await beginNight(services, { asOf: '2026-03-04', replaceNewer: true });
  expect(record.run.snapshotOn).toBe('2026-03-04');
});

test('a run that no night has claimed cannot be gone on with', async () => {
  await expect(readRecord(services.store, '2026-03-04-1')).rejects.toBeInstanceOf(StorageError);
});

test('dayBefore() counts days where the business is, over a change of the clocks too', () => {
  expect(dayBefore(new Date('2026-03-29T00:30:00Z'), 'Europe/Paris')).toBe('2026-03-28');
  expect(dayBefore(new Date('2026-10-25T23:30:00Z'), 'Europe/Paris')).toBe('2026-10-25');
  expect(dayBefore(new Date('2026-01-01T03:00:00Z'), 'America/New_York')).toBe('2025-12-30');
});

test('what was sealed is read back by table, the last write of each', async () => {
  const run = { snapshotOn: '2026-03-01', runId: '2026-03-01-1' };
  const sealed = { table: 'customer', rows: 2, files: [{ key: 'k', bytes: 1, sha256: 'x' }] };
  await noteSealed(services.store, run, { ...sealed, rows: 1 });
  await noteSealed(services.store, run, sealed);
  await noteSealed(
    services.store,
    { ...run, runId: '2026-03-01-11' },
    { ...sealed, table: 'load' },
  );
  expect(await readSealed(services.store, run)).toEqual(new Map([['customer', sealed]]));
});
