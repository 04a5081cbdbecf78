/**
 * Would fits by acquisition cohort forecast better than one fit of all? The champion's model is
 * fitted to the customers acquired in each half-year (and each year) before the cut that has at
 * least 500 of them, some with three or more orders; the others keep the fit of all. Both are
 * scored on the holdout, which neither has seen. Prints a Markdown table.
 * Run: node bench/stats/cohort-fits.ts [customers of a simulated shop]
 */
import type { Cut } from '../../lib/stats/judging/back-test.ts';
import { forecastQuality, type Quality } from '../../lib/stats/judging/quality.ts';
import { cnbdFamily } from '../../lib/stats/models/cnbd-k.ts';
import type { CountGroups } from '../../lib/stats/models/counts.ts';
import { type CountModel, type Fit, isUsableFit } from '../../lib/stats/models/fit.ts';
import { fitBetaGeometric } from '../../lib/stats/models/fit-beta-geometric.ts';
import { fitMbgNbd } from '../../lib/stats/models/mbg-nbd.ts';
import { fitParetoNbd } from '../../lib/stats/models/pareto-nbd.ts';
import { expectedOrders } from '../../lib/stats/scoring/expected-orders.ts';
import { championAtCut } from './champion-at-cut.ts';
import { mean, median, percent, print } from './print.ts';
import { realShops } from './real-shops.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';

const countCustomers = Number(process.argv[2] ?? 4000);
const FEWEST_CUSTOMERS = 500;

/** The champion's model again, at the regularity that all customers have. */
function fitCohort(model: CountModel, { groups, k }: { groups: CountGroups; k: number }): Fit {
  if (model === 'pareto_nbd') return fitParetoNbd(groups);
  if (model === 'mbg_nbd') return fitMbgNbd(groups);
  return fitBetaGeometric(groups, { model, family: cnbdFamily('mbg', k) });
}

interface CohortForecast {
  readonly quality: Quality;
  /** Cohorts with a fit of their own. */
  readonly countOwn: number;
}

function forecastByCohort(
  { groups, actualOrders: actual, weeks }: Cut,
  { fit, cohortWeeks }: { fit: Fit; cohortWeeks: number },
): CohortForecast {
  const model = fit.model as CountModel;
  const forecast = expectedOrders(groups, { model, parameters: fit.parameters, weeks });
  let countOwn = 0;
  const cohorts = Map.groupBy(groups.age.keys(), (i) => Math.floor(groups.age[i]! / cohortWeeks));
  for (const members of cohorts.values()) {
    const pick = (column: Float64Array) => Float64Array.from(members, (i) => column[i]!);
    const own = {
      frequency: pick(groups.frequency),
      recency: pick(groups.recency),
      age: pick(groups.age),
      count: pick(groups.count),
    };
    const customers = own.count.reduce((sum, n) => sum + n, 0);
    if (customers < FEWEST_CUSTOMERS || !own.frequency.some((x) => x >= 2)) continue;
    const k = fit.parameters.k ?? 1;
    const ownFit = fitCohort(model, { groups: own, k });
    if (!isUsableFit(ownFit)) continue;
    countOwn += 1;
    const parameters = { ...fit.parameters, ...ownFit.parameters };
    const ownForecast = expectedOrders(own, { model, parameters, weeks });
    members.forEach((i, row) => {
      forecast[i] = ownForecast[row]!;
    });
  }
  return { quality: forecastQuality({ forecast, actual, count: groups.count }), countOwn };
}

interface Judged {
  readonly plain: Quality;
  readonly halfYears: CohortForecast;
  readonly years: CohortForecast;
}

function judge(judged: ShopToJudge): Judged {
  const { champion, known, rows } = championAtCut(judged);
  const { fit, quality } = rows.find((row) => row.model === champion)!;
  const of = (cohortWeeks: number) => forecastByCohort(known, { fit: fit!, cohortWeeks });
  const result = { plain: quality!, halfYears: of(26), years: of(52) };
  const cells = [result.halfYears, result.years].map(
    ({ quality: own, countOwn }) =>
      `${countOwn} | ${percent(own.rmse / quality!.rmse - 1, 2)} | ${percent(own.bias!)}`,
  );
  print(
    `| ${judged.name} | ${champion} | ${quality!.rmse.toFixed(4)} | ${percent(quality!.bias!)} | ${cells.join(' | ')} |`,
  );
  return result;
}

print(
  '| shop | champion | RMSE of one fit | bias | half-years fitted | RMSE beside it | bias | years fitted | RMSE beside it | bias |',
);
print('|---|---|---|---|---|---|---|---|---|---|');
const all = [
  ...(await realShops()),
  ...[1, 2, 3].flatMap((seed) => simulatedShops(seed, countCustomers)),
].map(judge);
for (const way of ['halfYears', 'years'] as const) {
  // one cohort is all customers: nothing to compare
  const split = all.filter((shop) => shop[way].countOwn > 1);
  const changes = split.map((shop) => shop[way].quality.rmse / shop.plain.rmse - 1);
  const sizes = (of: (shop: Judged) => Quality) => split.map((shop) => Math.abs(of(shop).bias!));
  const before = sizes((shop) => shop.plain);
  const after = sizes((shop) => shop[way].quality);
  const worse = after.filter((size, i) => size > before[i]! + 0.01).length;
  print(
    `\n${way}: ${split.length} shops with several cohorts; RMSE median ${percent(median(changes), 2)}, from ${percent(Math.min(...changes), 2)} to ${percent(Math.max(...changes), 2)}, above +1 % in ${changes.filter((v) => v > 0.01).length}; size of the bias: mean ${percent(mean(before))} before, ${percent(mean(after))} after, more than a point worse in ${worse}`,
  );
}
