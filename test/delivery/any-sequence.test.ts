import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deliver } from '../../lib/delivery/deliver.ts';
import { generic } from '../../lib/destinations/generic.ts';
import { dyingStore } from './dying-store.ts';
import { importAtOnce, importByManifest, makeTool } from './marketing-tool.ts';
import { makeSmallHome, type Segments } from './small-night.ts';

const segmentNames = ['a', 'b', 'c'];
const customers = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6'];

/** Each customer is in one segment or none; a segment may be given up. */
const segments: fc.Arbitrary<Segments> = fc
  .record({
    places: fc.array(fc.nat({ max: segmentNames.length }), { minLength: 6, maxLength: 6 }),
    isThere: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  })
  .map(({ places, isThere }) =>
    Object.fromEntries(
      segmentNames
        .map((name, i) => [name, customers.filter((_, c) => places[c] === i)] as const)
        .filter((_, i) => isThere[i] || i === 0),
    ),
  );

const event = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('night' as const), segments }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('taken out' as const), segments }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('killed' as const), writes: fc.nat(16) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delivered' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lost' as const) }) },
);

function dayAfter(days: number): string {
  return new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10);
}

test('all files in the order in which they came make the members of today, whatever happened', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 3, maxLength: 9 }), async (events) => {
      const home = await makeSmallHome();
      try {
        const tool = makeTool(importByManifest);
        const hasty = makeTool(importAtOnce);
        const store = hasty.watch(tool.watch(home.store));
        let today: Segments = { a: [] };
        let isLost = false;
        await home.night(dayAfter(0), today);
        for (const [place, happening] of events.entries()) {
          if (happening.kind === 'night' || happening.kind === 'taken out') {
            const isOut = happening.kind === 'taken out';
            today = isOut ? {} : happening.segments;
            const destinations = isOut ? [] : ['generic'];
            await home.night(dayAfter(1 + place), happening.segments, destinations);
          }
          const delivering = { ...home, store };
          const options = { isConfirmed: true };
          if (happening.kind === 'delivered') await deliver(delivering, generic, options);
          if (happening.kind === 'killed') {
            const dying = { ...delivering, store: dyingStore(store, happening.writes) };
            await deliver(dying, generic, options).catch((error: Error) => {
              if (error.message !== 'killed') throw error;
            });
          }
          if (happening.kind === 'lost') {
            isLost = true;
            await home.store.delete('sent/generic.json');
          }
        }
        await deliver({ ...home, store }, generic, {
          isConfirmed: true,
        });
        const expected = Object.entries(today)
          .flatMap(([segment, keys]) => keys.map((key) => `rfm-${segment} ${key}`))
          .sort();
        expect(tool.members()).toEqual(expected);
        // One that does not wait for manifests cannot know that a list is to be replaced.
        if (!isLost) expect(hasty.members()).toEqual(expected);
      } finally {
        await home.close();
      }
    }),
    { numRuns: 25, seed: 20260101 },
  );
});
