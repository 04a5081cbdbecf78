/**
 * CPU time and memory of fits, a scoring and the spread over 20 parameter sets against the number of
 * distinct triples of whole days in a five-year history. The counts are what an MBG/NBD says of them:
 * the density of (x, t_x) given T is the likelihood times t_x^{x−1}/Γ(x), T even over the five years;
 * the likeliest frequencies come first, until there are enough triples. One process a size, or memory
 * would be that of the largest. Run: node bench/stats/scale.ts [triples]
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { scoreSpread } from '../../lib/stats/intervals/score-spread.ts';
import type { CountGroups } from '../../lib/stats/models/counts.ts';
import { fitMbgNbd } from '../../lib/stats/models/mbg-nbd.ts';
import { fitParetoNbd } from '../../lib/stats/models/pareto-nbd.ts';
import { WEEKS_OF_MONTH } from '../../lib/stats/scoring/discount.ts';
import { scoreCounts } from '../../lib/stats/scoring/score.ts';
import { logGamma } from '../../lib/stats/special/log-gamma.ts';
import { logRisingFactorial } from '../../lib/stats/special/rising-factorial.ts';
import { mixtureOf } from '../../test/stats/single.ts';
import { print, timed } from './print.ts';

const DAYS = 1826;
const CUSTOMERS = 50_000_000;
const [r, alpha, a, b] = [0.52, 6.2, 0.9, 1.6];

/** Customers expected to have this triple (weeks), of 50 million. */
function expectedCount(x: number, { recency, age }: { recency: number; age: number }): number {
  const constant =
    logRisingFactorial(r, x) +
    r * Math.log(alpha) +
    logRisingFactorial(b, x) -
    logRisingFactorial(a + b, x + 1);
  const shape = r + x;
  const inner = a * (alpha + recency) ** -shape + (b + x) * (alpha + age) ** -shape;
  const orderings = x === 0 ? 0 : (x - 1) * Math.log(recency) - logGamma(x) - Math.log(7);
  return (CUSTOMERS / DAYS) * Math.exp(constant + orderings) * inner;
}

function fiveYears(triples: number): CountGroups {
  // of 1,826 · 1,825 / 2 pairs of days a frequency, every `stride`-th where few are wanted
  const frequencies = Math.max(12, Math.ceil(triples / 1_600_000));
  const stride = Math.max(1, Math.round((frequencies * 1_667_000) / triples));
  const columns = {
    frequency: [] as number[],
    recency: [] as number[],
    age: [] as number[],
    count: [] as number[],
  };
  let cell = 0;
  for (let x = 0; x <= frequencies; x++) {
    for (let last = x === 0 ? 0 : 1; last < (x === 0 ? 1 : DAYS); last++) {
      for (let age = Math.max(1, last); age < DAYS; age++) {
        cell += 1;
        if (x > 0 && cell % stride !== 0) continue;
        if (columns.count.length === triples) break;
        const times = { recency: last / 7, age: age / 7 };
        columns.frequency.push(x);
        columns.recency.push(times.recency);
        columns.age.push(times.age);
        columns.count.push(Math.max(1, Math.round(stride * expectedCount(x, times))));
      }
    }
  }
  return {
    frequency: Float64Array.from(columns.frequency),
    recency: Float64Array.from(columns.recency),
    age: Float64Array.from(columns.age),
    count: Float64Array.from(columns.count),
  };
}

const size = process.argv[2];
if (size === undefined) {
  for (const triples of [10_000, 100_000, 1_000_000, 10_000_000]) {
    execFileSync(process.execPath, [fileURLToPath(import.meta.url), String(triples)], {
      stdio: 'inherit',
    });
  }
} else {
  const groups = fiveYears(Number(size));
  const before = process.memoryUsage().rss;
  const mbg = timed(() => fitMbgNbd(groups));
  const pareto = timed(() => fitParetoNbd(groups));
  // results go at once: in a night scores and spreads are steps of their own
  const { cpu: scoring } = timed(() =>
    scoreCounts(groups, {
      mixture: mixtureOf('mbg_nbd', mbg.result.parameters),
      monthsOfHorizon: [12, 24, 36],
      annualDiscountRate: 0.1,
    }),
  );
  const { cpu: spread } = timed(() =>
    scoreSpread(groups, {
      mixture: mixtureOf('mbg_nbd', ...Array.from({ length: 20 }, () => mbg.result.parameters)),
      weeksOfHorizons: [12, 24, 36].map((months) => months * WEEKS_OF_MONTH),
    }),
  );
  const peak = process.resourceUsage().maxRSS / 1024;
  print(
    `${groups.count.length.toLocaleString('en').padStart(10)} triples · MBG/NBD ${mbg.cpu.toFixed(0)} ms (${mbg.result.status}) · Pareto/NBD ${pareto.cpu.toFixed(0)} ms (${pareto.result.status}) · scoring ${scoring.toFixed(0)} ms · spread over 20 draws ${spread.toFixed(0)} ms · peak memory ${peak.toFixed(0)} MB, of which ${(before / 2 ** 20).toFixed(0)} MB before the first fit`,
  );
}
