/**
 * Our fits and scores beside lifetimes 0.11.3 (the field's Python package), on the same simulated
 * customers in the same run, in CPU time, which a busy machine blurs least; ours the median of five
 * runs after a first one, which also compiles. Installs it into an environment of its own under
 * .cache/lifetimes. lifetimes' Pareto/NBD takes most of an hour, the others a minute.
 * Run: node bench/stats/compare-lifetimes.ts [customers] [model ...]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fitCountModel } from '../../lib/stats/judging/back-test.ts';
import { countLikelihood } from '../../lib/stats/models/count-likelihood.ts';
import type { CountGroups } from '../../lib/stats/models/counts.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { scoreCounts } from '../../lib/stats/scoring/score.ts';
import { historiesAt, simulateShop } from '../../test/reference/simulate.ts';
import { mixtureOf } from '../../test/stats/single.ts';
import { groupCounts } from './group-counts.ts';
import { median, print, timed } from './print.ts';

const countCustomers = Number(process.argv[2] ?? 1_000_000);
const root = fileURLToPath(new URL('../..', import.meta.url));
const environment = join(root, '.cache', 'lifetimes');
const python = join(environment, 'bin', 'python');
const script = fileURLToPath(new URL('lifetimes_fit.py', import.meta.url));

if (!existsSync(python)) {
  execFileSync('python3', ['-m', 'venv', environment], { stdio: 'inherit' });
}
const versions = ['lifetimes==0.11.3', 'numpy==1.26.4', 'scipy==1.11.4', 'pandas==2.1.4'];
execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...versions], { stdio: 'inherit' });

interface Theirs {
  readonly seconds: number;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly error?: string;
}

/** What lifetimes needs for these models, fitted on one row a customer as it is used. */
function runLifetimes(customers: CountGroups, models: readonly string[]): Record<string, Theirs> {
  const folder = join(root, '.cache', 'lifetimes-data');
  mkdirSync(folder, { recursive: true });
  for (const name of ['frequency', 'recency', 'age'] as const) {
    writeFileSync(join(folder, `${name}.f64`), new Uint8Array(customers[name].buffer));
  }
  const output = execFileSync(python, ['-W', 'ignore', script, folder, ...models]);
  return JSON.parse(output.toString().trim().split('\n').at(-1)!) as Record<string, Theirs>;
}

/** The result of a piece of our work, and the milliseconds of processor time that it takes. */
function ours<T>(work: () => T): { readonly result: T; readonly ms: number } {
  const result = work();
  return { result, ms: median([1, 2, 3, 4, 5].map(() => timed(work).cpu)) };
}

const SPANS = [
  { name: '12 weeks of acquisition, 39 observed', acquisitionWeeks: 12, weeks: 39 },
  { name: '3 years of acquisition', acquisitionWeeks: 156, weeks: 156 },
];
const TRUTH: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  bg_nbd: { r: 0.25, alpha: 4.4, a: 0.8, b: 2.4 },
  mbg_nbd: { r: 0.52, alpha: 6.2, a: 0.9, b: 1.6 },
  pareto_nbd: { r: 0.55, alpha: 10.6, s: 0.6, beta: 11.7 },
};
const ALL: readonly CountModel[] = ['bg_nbd', 'mbg_nbd', 'pareto_nbd'];
const wantedModels = process.argv.slice(3);
const MODELS = ALL.filter((model) => wantedModels.length === 0 || wantedModels.includes(model));
const noIntervals = { weeks: new Float64Array(), count: new Float64Array() };

for (const span of SPANS) {
  print(`\n${countCustomers.toLocaleString('en')} customers, ${span.name}`);
  for (const model of MODELS) {
    const shop = simulateShop({
      model,
      parameters: TRUTH[model]!,
      countCustomers,
      acquisitionWeeks: span.acquisitionWeeks,
      weeks: span.weeks,
      seed: 1,
      isDaily: true,
    });
    const customers = historiesAt(shop, Math.floor(span.weeks * 7) / 7).groups;
    const groups = groupCounts(customers);
    const { result: fit, ms } = ours(() =>
      fitCountModel(model, { groups, intervals: noIntervals }),
    );
    const wanted = model === 'bg_nbd' ? [model, 'score'] : [model];
    const all = runLifetimes(customers, wanted);
    const theirs = all[model]!;
    const names = Object.keys(fit.parameters);
    const ofTheirs =
      theirs.parameters === undefined
        ? Number.NEGATIVE_INFINITY
        : countLikelihood(groups, { model })(
            Float64Array.from(names, (name) => theirs.parameters![name]!),
            new Float64Array(names.length),
          );
    const isAsGood = fit.logLikelihood! >= ofTheirs - 1e-9 * Math.abs(ofTheirs);
    print(
      `  ${model.padEnd(10)} ${groups.count.length.toLocaleString('en').padStart(9)} triples · ours ${ms.toFixed(0)} ms (${fit.status}) · lifetimes ${theirs.seconds.toFixed(2)} s${theirs.error === undefined ? '' : ` (${theirs.error})`} · ${((1000 * theirs.seconds) / ms).toFixed(0)} times · log-likelihood ${fit.logLikelihood!.toFixed(3)} against ${ofTheirs.toFixed(3)}: ${isAsGood ? 'as good or better' : 'WORSE'}`,
    );
    if (model !== 'bg_nbd') continue;
    const { ms: scoring } = ours(() =>
      scoreCounts(groups, {
        mixture: mixtureOf(model, fit.parameters),
        monthsOfHorizon: [12, 24, 36],
        annualDiscountRate: 0.1,
      }),
    );
    print(
      `  scoring of every triple, 3 horizons and discounts: ours ${scoring.toFixed(0)} ms · lifetimes' 12-month value of every customer ${all.score!.seconds.toFixed(2)} s · ${((1000 * all.score!.seconds) / scoring).toFixed(0)} times`,
    );
  }
}
