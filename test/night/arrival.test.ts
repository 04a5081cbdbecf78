import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeHome } from './home.ts';
import { untilFacts } from './stages-until.ts';

const asOf = '2025-01-31';

interface Version {
  readonly file: number;
  readonly order: number;
  /** Different for each version of an order. */
  readonly updatedOn: number;
  readonly amounts: readonly number[];
}

/** Four files, each with at most one version of each of five orders. */
const versions = fc
  .tuple(
    fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(4)), {
      selector: ([file, order]) => file * 5 + order,
      minLength: 6,
      maxLength: 20,
    }),
    fc.shuffledSubarray([...Array(20).keys()], { minLength: 20 }),
    fc.array(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 3 }), {
      minLength: 20,
      maxLength: 20,
    }),
  )
  .map(([places, days, amounts]): readonly Version[] =>
    places.map(([file, order], i) => ({
      file,
      order,
      updatedOn: (days[i] ?? 0) + 1,
      amounts: amounts[i] ?? [],
    })),
  );

function fileOf(found: readonly Version[], file: number): string {
  const lines = found
    .filter((version) => version.file === file)
    .flatMap(({ order, updatedOn, amounts }) =>
      amounts.map(
        (amount) =>
          `${order},2025-01-0${order + 1},c${order},${amount},2025-01-${String(updatedOn).padStart(2, '0')}\n`,
      ),
    );
  return `order_id,ordered_at,customer_id,amount,updated_at\n${lines.join('')}`;
}

/** Of each order the lines and sum of the version that was changed last. */
function expected(found: readonly Version[]): string[] {
  const orders = [...new Set(found.map(({ order }) => order))].sort();
  return orders.map((order) => {
    const [last] = found
      .filter((version) => version.order === order)
      .sort((a, b) => b.updatedOn - a.updatedOn);
    const amounts = last?.amounts ?? [];
    return `${order}: ${amounts.length}, ${amounts.reduce((sum, amount) => sum + amount, 0)}`;
  });
}

test('orders are the versions changed last, in whatever order their files arrive', async () => {
  await fc.assert(
    fc.asyncProperty(
      versions,
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      async (found, arrival) => {
        const home = await makeHome();
        for (const file of arrival) {
          await home.drop({ [`drop/orders/${'abcd'[file]}.csv`]: fileOf(found, file) });
          await home.ingest();
        }
        await home.night({ asOf, stages: untilFacts });
        const rows = await home.ask(
          'select order_id, count_lines, net_sales from sales_order order by order_id',
        );
        expect(
          rows.map((row) => `${row.order_id}: ${row.count_lines}, ${Number(row.net_sales)}`),
        ).toEqual(expected(found));
      },
    ),
    { numRuns: 4, seed: 1 },
  );
});
