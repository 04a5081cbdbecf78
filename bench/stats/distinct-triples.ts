/**
 * How many distinct (x, t_x, T) in whole days the customers of a five-year history make: MBG/NBD
 * near CDNOW, first occasions even over the five years. Run: node bench/stats/distinct-triples.ts
 */
import { historiesAt, simulateShop } from '../../test/reference/simulate.ts';
import { print } from './print.ts';

const WEEKS = 261;
const CHUNK = 100_000;
const most = Number(process.argv[2] ?? 20_000_000);

const seen = new Set<number>();
for (let done = 0; done < most; done += CHUNK) {
  const { groups } = historiesAt(
    simulateShop({
      model: 'mbg_nbd',
      parameters: { r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 },
      countCustomers: CHUNK,
      acquisitionWeeks: WEEKS,
      weeks: WEEKS,
      seed: done,
      isDaily: true,
    }),
    WEEKS,
  );
  groups.frequency.forEach((x, i) => {
    seen.add(
      (x * 2000 + Math.round(7 * groups.recency[i]!)) * 2000 + Math.round(7 * groups.age[i]!),
    );
  });
  const customers = done + CHUNK;
  if ([1e5, 1e6, 2e6, 5e6, 1e7, 2e7].includes(customers)) {
    print(
      `${customers.toLocaleString('en').padStart(11)} customers · ${seen.size.toLocaleString('en').padStart(10)} distinct triples`,
    );
  }
}
