import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliver as deliverMessage } from '../../functions/deliver.ts';
import { deliver } from '../../lib/delivery/deliver.ts';
import { generic } from '../../lib/destinations/generic.ts';
import { ConfirmationError, StorageError } from '../../lib/errors.ts';
import { retireRuns } from '../../lib/keeping/retire.ts';
import type { ObjectStore } from '../../lib/ports/object-store.ts';
import { dyingStore } from './dying-store.ts';
import { makeSmallHome, type SmallHome } from './small-night.ts';

const [first, second, third] = ['2026-01-01', '2026-01-02', '2026-01-03'] as const;
let home: SmallHome;

beforeEach(async () => {
  home = await makeSmallHome();
});
afterEach(() => home.close());

function people(count: number, from = 1): string[] {
  return Array.from({ length: count }, (_, i) => `k${String(from + i).padStart(3, '0')}`);
}

const deliverTo = (store: ObjectStore = home.store, isConfirmed = false) =>
  deliver({ ...home, store }, generic, { isConfirmed });

/** What one file of an audience holds: the customers in order; null where there is no such file. */
async function keysOf(segment: string, asOf: string, op: string): Promise<string[] | null> {
  const key = `audiences/generic/rfm-${segment}/run_id=${asOf}-1/${op}-0001.csv`;
  const stored = await home.store.get(key);
  const lines = stored?.body.toString().trim().split('\n').slice(1) ?? null;
  return lines?.map((line) => line.split(',')[0] ?? '') ?? null;
}

async function manifestOf(segment: string, asOf: string) {
  const key = `audiences/generic/rfm-${segment}/run_id=${asOf}-1/manifest.json`;
  const stored = await home.store.get(key);
  return stored === null ? null : JSON.parse(String(stored.body));
}

async function writtenKeys(): Promise<string[]> {
  const keys: string[] = [];
  for (const prefix of ['audiences/', 'sent/']) {
    for await (const { key, etag } of home.store.list(prefix)) keys.push(`${key} ${etag}`);
  }
  return keys;
}

test('a delivery that is done again writes nothing', async () => {
  await home.night(first, { a: people(3), b: [] });
  expect((await deliverTo()).written).toHaveLength(2);
  const keys = await writtenKeys();
  expect((await deliverTo()).written).toEqual([]);
  expect(await writtenKeys()).toEqual(keys);
});

test('killed right after the pointer, the next night removes all 35 who left', async () => {
  await home.night(first, { a: people(90), b: [] });
  await deliverTo();
  await home.night(second, { a: people(60), b: people(30, 61) });
  await home.night(third, { a: people(55), b: people(30, 61) });
  await deliverTo();
  expect(await keysOf('a', third, 'remove')).toEqual(people(35, 56));
});

test('who joined in a night that was delivered in half is removed where he was sent', async () => {
  await home.night(first, { a: people(4), b: people(4, 11) });
  await deliverTo();
  // k005 joins both, and leaves both in the night after.
  await home.night(second, { a: people(5), b: ['k005', ...people(4, 11)] });
  // Begun, two files, manifest, sent: then b is begun, and the process dies.
  await expect(deliverTo(dyingStore(home.store, 5))).rejects.toThrow('killed');
  await home.night(third, { a: people(4), b: people(4, 11) });
  await deliverTo();
  expect(await keysOf('a', third, 'remove')).toEqual(['k005']);
  expect(await keysOf('b', third, 'remove')).toEqual([]);
});

test('who is in a file whose manifest never came is removed too', async () => {
  await home.night(first, { a: people(4) });
  await deliverTo();
  await home.night(second, { a: people(5) });
  await expect(deliverTo(dyingStore(home.store, 2))).rejects.toThrow('killed');
  expect(await keysOf('a', second, 'upsert')).toEqual(people(5));
  expect(await manifestOf('a', second)).toBeNull();
  await home.night(third, { a: people(4) });
  await deliverTo();
  expect(await keysOf('a', third, 'remove')).toEqual(['k005']);
});

test('a segment given up ends in a file of removals, and is heard of no more', async () => {
  await home.night(first, { a: people(2), b: people(30, 11) });
  await deliverTo();
  await home.night(second, { a: people(2) });
  await deliverTo();
  expect(await keysOf('b', second, 'remove')).toEqual(people(30, 11));
  expect(await keysOf('b', second, 'upsert')).toEqual([]);
  await home.night(third, { a: people(2) });
  await deliverTo();
  expect(await manifestOf('b', third)).toBeNull();
});

test('a destination taken out gets removals of everybody, and everybody when it is back', async () => {
  await home.night(first, { a: people(30), b: [] });
  await deliverTo();
  await home.night(second, { a: people(31) }, []);
  await deliverTo();
  expect(await keysOf('a', second, 'remove')).toEqual(people(30));
  expect(await keysOf('b', second, 'remove')).toEqual([]);
  expect((await deliverTo()).written).toEqual([]);
  await home.night(third, { a: people(31) });
  await deliverTo();
  expect(await keysOf('a', third, 'upsert')).toEqual(people(31));
  expect((await manifestOf('a', third)).replace).toBe(false);
});

test('without its note of what was sent, every audience is replaced, vanished ones too', async () => {
  await home.night(first, { a: people(3), b: people(2, 11) });
  await deliverTo();
  await home.store.delete('sent/generic.json');
  await home.night(second, { a: people(2) });
  await deliverTo();
  expect(await manifestOf('a', second)).toMatchObject({ replace: true });
  expect(await keysOf('a', second, 'upsert')).toEqual(people(2));
  expect(await manifestOf('b', second)).toMatchObject({ replace: true });
  expect(await keysOf('b', second, 'upsert')).toEqual([]);
  await home.night(third, { a: people(1) });
  await deliverTo();
  expect(await manifestOf('a', third)).toMatchObject({ replace: false });
  expect(await keysOf('a', third, 'remove')).toEqual(['k002']);
});

test('an audience whose sent members are not all there any more is replaced', async () => {
  const run = await home.night(first, { a: people(3) });
  await deliverTo();
  const { audienceMember } = await import('../../lib/tables/audiences.ts');
  await home.engine.removeRuns(audienceMember, [run]);
  await home.night(second, { a: people(2) });
  await deliverTo();
  expect(await manifestOf('a', second)).toMatchObject({ replace: true });
});

test('a note that was changed by hand is an error that names it', async () => {
  await home.night(first, { a: people(3) });
  await home.store.put('sent/generic.json', '{}');
  await expect(deliverTo()).rejects.toThrow(StorageError);
  await expect(deliverTo()).rejects.toThrow(/sent\/generic\.json/);
});

test.each([
  { members: 20, leave: 10, waits: false },
  { members: 20, leave: 11, waits: true },
  { members: 19, leave: 19, waits: false },
])('of $members members $leave may leave unconfirmed: not so is $waits', async (shop) => {
  const { members, leave, waits } = shop;
  await home.night(first, { a: people(members), b: people(1, 900) });
  await deliverTo();
  await home.night(second, { a: people(members - leave), b: people(2, 900) });
  const { held, written } = await deliverTo();
  const expected = waits ? [{ audience: 'rfm-a', removes: leave, members }] : [];
  expect(held).toMatchObject(expected);
  expect(held).toHaveLength(expected.length);
  expect(written.map(({ audience }) => audience)).toContain('rfm-b');
  expect((await manifestOf('a', second)) === null).toBe(waits);
  await deliverTo(home.store, true);
  expect(await keysOf('a', second, 'remove')).toHaveLength(leave);
});

test('the function fails where removals wait, after all else is delivered, and not when told yes', async () => {
  await home.night(first, { a: people(20), b: people(1, 900) });
  await deliverTo();
  await home.night(second, { a: people(2), b: people(2, 900) });
  const message = { destination: 'generic', input: {} };
  await expect(deliverMessage(home, message)).rejects.toThrow(
    new ConfirmationError(
      'Cannot deliver audience rfm-a of run 2026-01-02-1 to generic: at most half of its members may be removed unconfirmed: found 18 of 20.',
    ),
  );
  expect(await manifestOf('b', second)).not.toBeNull();
  expect(await deliverMessage(home, { ...message, input: { yes: true } })).toEqual({
    run_id: '2026-01-02-1',
    audiences: 1,
  });
});

test('a delivery that finds the note moved makes its changes anew', async () => {
  await home.night(first, { a: people(3), b: people(3, 11) });
  let isMoved = false;
  const moving: ObjectStore = {
    ...home.store,
    compareAndSet: async (key, body, expected) => {
      if (!isMoved) {
        isMoved = true;
        await deliverTo();
        await home.night(second, { a: people(2), b: people(3, 11) });
      }
      return await home.store.compareAndSet(key, body, expected);
    },
  };
  const { runId } = await deliverTo(moving);
  expect(runId).toBe('2026-01-02-1');
  expect(await keysOf('a', second, 'remove')).toEqual(['k003']);
});

test('of two deliveries at once both end, and each audience is sent once', async () => {
  await home.night(first, { a: people(3), b: people(3, 11), c: [] });
  await Promise.all([deliverTo(), deliverTo()]);
  expect((await deliverTo()).written).toEqual([]);
  const sent = JSON.parse(String((await home.store.get('sent/generic.json'))?.body));
  expect(sent.audiences).toMatchObject(
    ['a', 'b', 'c'].map((name) => ({
      audience: `rfm-${name}`,
      status: 'sent',
      runs: [{ run_id: '2026-01-01-1', rows: name === 'c' ? 0 : 3 }],
    })),
  );
});

test('members that a destination holds are kept, whoever forgets their run', async () => {
  const sent = await home.night(first, { a: people(3) });
  await deliverTo();
  await home.night(second, { a: people(3) });
  const inAYear = { now: () => new Date(Date.now() + 365 * 24 * 60 * 60 * 1000) };
  for (let time = 1; time <= 2; time += 1) {
    await retireRuns({ ...home, clock: inAYear }, { publishedDays: 1, unpublishedDays: 15 });
  }
  const count = (table: string) =>
    home.engine.read(`select count(*) as n from ${table} where run_id = '${sent.runId}'`);
  expect(await count('audience_member')).toEqual([{ n: 3 }]);
  expect(await count('segment_member')).toEqual([{ n: 0 }]);
});
