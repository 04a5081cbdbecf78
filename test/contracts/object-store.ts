import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../lib/errors.ts';
import type { ObjectStore, StoredObject } from '../../lib/ports/object-store.ts';

/** What every ObjectStore must do. `open` gives a store that holds nothing yet. */
export function objectStoreContract(name: string, open: () => Promise<ObjectStore>): void {
  let store: ObjectStore;

  async function text(key: string): Promise<string | undefined> {
    return (await store.get(key))?.body.toString();
  }

  async function etag(key: string): Promise<string> {
    const found = await store.get(key);
    if (found === null) throw new Error(`no object ${key}`);
    return found.etag;
  }

  async function keys(prefix: string): Promise<string[]> {
    return (await objects(prefix)).map((object) => object.key);
  }

  async function objects(prefix: string): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    for await (const object of store.list(prefix)) found.push(object);
    return found;
  }

  describe(`${name} as an ObjectStore`, () => {
    beforeEach(async () => {
      store = await open();
    });

    describe('put() and get()', () => {
      it('give back the bytes that were put', async () => {
        const body = randomBytes(300_000);
        await store.put('drop/orders/a.csv', body);
        const found = await store.get('drop/orders/a.csv');
        expect(found?.body.equals(body)).toBe(true);
      });

      it('keep text as UTF-8', async () => {
        await store.put('note', 'Zoë 東京 🛒');
        expect(await text('note')).toBe('Zoë 東京 🛒');
      });

      it('keep an object of no bytes', async () => {
        await store.put('nothing', '');
        expect((await store.get('nothing'))?.body.length).toBe(0);
        expect((await store.head('nothing'))?.bytes).toBe(0);
      });

      it('answer null for what is not there', async () => {
        expect(await store.get('absent')).toBeNull();
        expect(await store.head('absent')).toBeNull();
        await store.put('a/b', '1');
        expect(await store.get('a')).toBeNull();
        expect(await store.head('a')).toBeNull();
      });

      it('replace the object that was there', async () => {
        await store.put('a', 'a long first version');
        await store.put('a', 'short');
        expect(await text('a')).toBe('short');
      });

      it('take keys with blanks, accents, = and quotes', async () => {
        const awkward = `drop/orders/snapshot_on=2026-01-31/Café "de l'Été" & co (1).csv`;
        await store.put(awkward, 'x');
        expect(await text(awkward)).toBe('x');
        expect(await keys('drop/')).toEqual([awkward]);
      });

      it('let a reader see the old object or the whole new one, never a part', async () => {
        const versions = Array.from({ length: 8 }, () => randomBytes(2_000_000));
        const whole = new Set(versions.map(sha256));
        await store.put('big', versions[0] as Buffer);
        let isWriting = true;
        const seen = new Set<string>();
        const reading = (async () => {
          while (isWriting) {
            const stream = await store.getStream('big');
            seen.add(sha256(await buffer(stream)));
            seen.add(sha256((await store.get('big'))?.body ?? Buffer.alloc(0)));
          }
        })();
        for (const version of versions) await store.put('big', version);
        isWriting = false;
        await reading;
        expect([...seen].filter((hash) => !whole.has(hash))).toEqual([]);
        expect(seen.size).toBeGreaterThan(0);
      });
    });

    describe('keys', () => {
      it.each([
        '',
        '/a',
        'a/',
        'a//b',
        '../a',
        'a/../b',
        './a',
        'a/./b',
        'a\0b',
        '.scratch/a',
        'a/.hidden',
      ])('%j is refused by every call', async (key) => {
        await expect(store.put(key, 'x')).rejects.toBeInstanceOf(StorageError);
        await expect(store.putStream(key, Readable.from(['x']))).rejects.toBeInstanceOf(
          StorageError,
        );
        await expect(store.putIfAbsent(key, 'x')).rejects.toBeInstanceOf(StorageError);
        await expect(store.compareAndSet(key, 'x', null)).rejects.toBeInstanceOf(StorageError);
        await expect(store.get(key)).rejects.toBeInstanceOf(StorageError);
        await expect(store.getStream(key)).rejects.toBeInstanceOf(StorageError);
        await expect(store.head(key)).rejects.toBeInstanceOf(StorageError);
        await expect(store.delete(key)).rejects.toBeInstanceOf(StorageError);
        expect(await keys('')).toEqual([]);
      });

      it.each(['../', '/', 'a//', 'a/../'])('the prefix %j is refused', async (prefix) => {
        await expect(keys(prefix)).rejects.toBeInstanceOf(StorageError);
      });
    });

    describe('list()', () => {
      it('gives every key below the prefix in byte order', async () => {
        const sorted = [
          'a!c',
          'a-b/c',
          'a-b/é',
          'a-b.csv',
          'a.csv',
          'a/B',
          'a/a',
          'a/b/c',
          'a/b0',
          'a0',
          'é',
          '\uffee',
          '🛒',
        ];
        sorted.sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
        for (const key of sorted.toReversed()) await store.put(key, key);
        expect(await keys('')).toEqual(sorted);
        expect(await keys('a')).toEqual(sorted.filter((key) => key.startsWith('a')));
        expect(await keys('a/')).toEqual(['a/B', 'a/a', 'a/b/c', 'a/b0']);
        expect(await keys('a/b')).toEqual(['a/b/c', 'a/b0']);
        expect(await keys('a-b')).toEqual(sorted.filter((key) => key.startsWith('a-b')));
        expect(await keys('b')).toEqual([]);
        expect(await keys('a/b/c/d')).toEqual([]);
      });

      it('tells what head() tells', async () => {
        await store.put('x/1', 'one');
        await store.put('x/2', 'three');
        const listed = await objects('x/');
        expect(listed).toEqual([await store.head('x/1'), await store.head('x/2')]);
        expect(listed.map((object) => object.bytes)).toEqual([3, 5]);
      });

      it('lists more than a thousand objects', async () => {
        const many = Array.from({ length: 1_100 }, (_, i) => `many/${String(i).padStart(5, '0')}`);
        await Promise.all(many.map((key) => store.put(key, 'x')));
        expect(await keys('many/')).toEqual(many);
      });
    });

    describe('head()', () => {
      it('tells when the object was written', async () => {
        const before = Date.now();
        await store.put('a', 'x');
        const { modifiedAt } = (await store.head('a')) as StoredObject;
        // A store may keep whole seconds only.
        expect(modifiedAt.getTime()).toBeGreaterThan(before - 2_000);
        expect(modifiedAt.getTime()).toBeLessThan(Date.now() + 2_000);
      });

      it('gives the same etag as get(), and the same again while nothing changes', async () => {
        await store.put('a', 'x');
        const first = await etag('a');
        expect((await store.head('a'))?.etag).toBe(first);
        await sleep(50);
        expect(await etag('a')).toBe(first);
      });

      it('gives another etag after every change of content, however quick', async () => {
        const etags = new Set<string>();
        for (let i = 0; i < 50; i += 1) {
          await store.put('a', String(i).padStart(4));
          etags.add(await etag('a'));
          await store.delete('a');
        }
        expect(etags.size).toBe(50);
      });
    });

    describe('streams', () => {
      it('carry objects larger than a buffer in both directions', async () => {
        const chunks = Array.from({ length: 24 }, () => randomBytes(1_000_003));
        await store.putStream('large', Readable.from(chunks));
        const body = await buffer(await store.getStream('large'));
        expect(sha256(body)).toBe(sha256(Buffer.concat(chunks)));
        expect((await store.head('large'))?.bytes).toBe(24 * 1_000_003);
      });

      it('refuse to read what is not there', async () => {
        await expect(store.getStream('absent')).rejects.toBeInstanceOf(StorageError);
      });

      it('leave the old object and no other when the source fails half-way', async () => {
        await store.put('a', 'old');
        async function* failing() {
          yield randomBytes(6_000_000);
          throw new Error('the source broke off');
        }
        await expect(store.putStream('a', Readable.from(failing()))).rejects.toBeInstanceOf(
          StorageError,
        );
        expect(await text('a')).toBe('old');
        expect(await keys('')).toEqual(['a']);
      });
    });

    describe('putIfAbsent()', () => {
      it('writes once and says so', async () => {
        expect(await store.putIfAbsent('a', '1')).toBe(true);
        expect(await store.putIfAbsent('a', '2')).toBe(false);
        expect(await text('a')).toBe('1');
      });

      it('writes again after a delete', async () => {
        await store.putIfAbsent('a', '1');
        await store.delete('a');
        expect(await store.putIfAbsent('a', '2')).toBe(true);
        expect(await text('a')).toBe('2');
      });

      it('lets exactly one of many at once win, and keeps what the winner wrote', async () => {
        for (let round = 0; round < 5; round += 1) {
          const key = `race/${round}`;
          const won = await Promise.all(
            Array.from({ length: 20 }, (_, i) => store.putIfAbsent(key, `writer ${i}`)),
          );
          expect(won.filter((one) => one)).toHaveLength(1);
          expect(await text(key)).toBe(`writer ${won.indexOf(true)}`);
        }
      });
    });

    describe('compareAndSet()', () => {
      it('replaces the version it expects and no other', async () => {
        await store.put('pointer', '1');
        const first = await etag('pointer');
        expect(await store.compareAndSet('pointer', '2', first)).toBe(true);
        expect(await store.compareAndSet('pointer', '3', first)).toBe(false);
        expect(await text('pointer')).toBe('2');
      });

      it('writes a first version when none is expected, and only then', async () => {
        expect(await store.compareAndSet('pointer', '1', null)).toBe(true);
        expect(await store.compareAndSet('pointer', '2', null)).toBe(false);
        expect(await text('pointer')).toBe('1');
      });

      it('writes nothing when the version expected is gone', async () => {
        await store.put('pointer', '1');
        const first = await etag('pointer');
        await store.delete('pointer');
        expect(await store.compareAndSet('pointer', '2', first)).toBe(false);
        expect(await store.get('pointer')).toBeNull();
      });

      it('lets exactly one of many at once win', async () => {
        await store.put('pointer', 'start');
        for (let round = 0; round < 5; round += 1) {
          const expected = await etag('pointer');
          const won = await Promise.all(
            Array.from({ length: 20 }, (_, i) =>
              store.compareAndSet('pointer', `round ${round}, writer ${i}`, expected),
            ),
          );
          expect(won.filter((one) => one)).toHaveLength(1);
          expect(await text('pointer')).toBe(`round ${round}, writer ${won.indexOf(true)}`);
        }
      });

      it('loses no step of counters that read, add one and try again', async () => {
        await store.put('counter', '0');
        await Promise.all(
          Array.from({ length: 6 }, async () => {
            for (let added = 0; added < 5; ) {
              const found = await store.get('counter');
              const next = String(Number(found?.body) + 1);
              if (await store.compareAndSet('counter', next, found?.etag ?? null)) added += 1;
            }
          }),
        );
        expect(await text('counter')).toBe('30');
      });
    });

    describe('delete()', () => {
      it('removes the object and leaves its neighbours', async () => {
        await store.put('a/b/1', '1');
        await store.put('a/b/2', '2');
        await store.delete('a/b/1');
        expect(await store.get('a/b/1')).toBeNull();
        expect(await keys('')).toEqual(['a/b/2']);
      });

      it('is content when there is nothing', async () => {
        await store.delete('absent/key');
        await store.put('a/b', '1');
        await store.delete('a');
        expect(await keys('')).toEqual(['a/b']);
      });

      it('takes nothing from puts beside it', async () => {
        await Promise.all(
          Array.from({ length: 3 }, async (_, writer) => {
            for (let i = 0; i < 60; i += 1) {
              await store.put(`x/y/${writer}`, String(i));
              await store.delete(`x/y/${writer}`);
            }
            await store.put(`x/y/${writer}`, 'last');
          }),
        );
        expect(await keys('x/')).toEqual(['x/y/0', 'x/y/1', 'x/y/2']);
      });
    });
  });
}

function sha256(body: Buffer): string {
  return createHash('sha256').update(body).digest('hex');
}
