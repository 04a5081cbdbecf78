/**
 * The champion rule of docs/models.md on CDNOW, Online Retail, ten kinds of simulated shops and the
 * same kinds with further seeds: whom it chooses from the history alone, and how that model then
 * does in the holdout beside the best candidate. Prints a Markdown table.
 * Run: node bench/stats/champions.ts [customers of a simulated shop]
 */
import { calibrationOf } from '../../lib/stats/judging/calibration.ts';
import { CANDIDATES } from '../../lib/stats/judging/champion.ts';
import { championAtCut } from './champion-at-cut.ts';
import { median, percent, print } from './print.ts';
import { realShops } from './real-shops.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';

const countCustomers = Number(process.argv[2] ?? 5000);

/** Excess of the champion's holdout RMSE over that of the best candidate. */
function judge(judged: ShopToJudge): number {
  const { innerCuts, champion, known, rows } = championAtCut(judged);
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
    `| ${judged.name} | ${innerCuts} | ${champion} | ${best} | ${own.rmse.toFixed(4)} | ${percent(excess, 2)} | ${percent(own.bias!)} | ${percent(own.top10Capture!)} | ${pitDistance.toFixed(3)} | ${percent(coverage80, 0)} of ${countTotals} | ${naive.rmse.toFixed(4)} | ${percent(naive.bias!)} |`,
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
