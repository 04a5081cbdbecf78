/**
 * The champion rule of docs/models.md on CDNOW, Online Retail, ten kinds of simulated shops and the
 * same kinds with further seeds: whom it chooses from the history alone, and how that model then
 * does in the holdout beside the best candidate. Prints a Markdown table.
 * Run: node bench/stats/champions.ts [customers of a simulated shop]
 */
import { backTest, COUNT_MODELS, fitCountModel } from '../../lib/stats/back-test.ts';
import { planBackTest } from '../../lib/stats/back-test-plan.ts';
import { calibrationOf } from '../../lib/stats/calibration.ts';
import { CANDIDATES, chooseChampion } from '../../lib/stats/champion.ts';
import { isUsableFit } from '../../lib/stats/fit.ts';
import { cutShop } from './cut-shop.ts';
import { median, percent, print } from './print.ts';
import { realShops } from './real-shops.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';

const countCustomers = Number(process.argv[2] ?? 5000);

/** Excess of the champion's holdout RMSE over that of the best candidate. */
function judge({ name, shop, cut, end }: ShopToJudge): number {
  const opening = shop.firstAt.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const plan = planBackTest(Math.round((cut - opening) * 7));
  const cuts = (plan?.cutsDaysAgo ?? []).map((daysAgo) =>
    backTest(cutShop(shop, { at: cut - daysAgo / 7, weeks: plan!.horizonDays / 7 })),
  );
  const known = cutShop(shop, { at: cut, weeks: end - cut });
  const usable = new Set(COUNT_MODELS.filter((model) => isUsableFit(fitCountModel(model, known))));
  const { champion } = chooseChampion({ cuts, usable });
  const rows = backTest(known);
  const qualityOf = (model: string) => rows.find((row) => row.model === model)!.quality;
  const best = CANDIDATES.filter((model) => qualityOf(model) !== null).toSorted(
    (left, right) => qualityOf(left)!.rmse - qualityOf(right)!.rmse,
  )[0]!;
  const own = qualityOf(champion!)!;
  const excess = own.rmse / qualityOf(best)!.rmse - 1;
  const fit = rows.find((row) => row.model === champion)!.fit!;
  const { pitDistance, coverage80, countTotals } = calibrationOf(known, { fit, seed: 1 });
  const naive = qualityOf('repeat_rate')!;
  print(
    `| ${name} | ${plan?.horizonDays ?? '–'} × ${cuts.length} | ${champion} | ${best} | ${own.rmse.toFixed(4)} | ${percent(excess, 2)} | ${percent(own.bias!)} | ${percent(own.top10Capture!)} | ${pitDistance.toFixed(3)} | ${percent(coverage80, 0)} of ${countTotals} | ${naive.rmse.toFixed(4)} | ${percent(naive.bias!)} |`,
  );
  return excess;
}

function judgeAll(title: string, shops: readonly ShopToJudge[]): void {
  print(`\n### ${title}\n`);
  print(
    '| shop | inner cuts (days) | champion | best candidate | RMSE of champion | above the best | bias of total | top 10 % capture | PIT distance | 80 % intervals hold | RMSE repeat rate | bias repeat rate |',
  );
  print('|---|---|---|---|---|---|---|---|---|---|---|---|');
  const excesses = shops.map(judge);
  print(
    `\nAbove the best candidate: median ${percent(median(excesses), 2)}, largest ${percent(Math.max(...excesses), 2)}.`,
  );
}

judgeAll('CDNOW, Online Retail and ten simulated shops', [
  ...(await realShops()),
  ...simulatedShops(1, countCustomers),
]);
judgeAll('Ten further seeds', simulatedShops(2, countCustomers));
