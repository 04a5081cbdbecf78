/**
 * The stack of docs/models.md on the usual splits of four real sets and on twenty simulated shops:
 * its error beside the best peer's and beside that of the model with the largest weight, paused
 * customers before and after the map of P(alive), one-time buyers, and money. Prints Markdown.
 * Run: node bench/stats/stack.ts [customers of a simulated shop]
 */
import { forecastQuality } from '../../lib/stats/judging/quality.ts';
import { cutSet } from './cut-set.ts';
import type { NightAt } from './night-at.ts';
import { mean, percent, print } from './print.ts';
import { realNight } from './real-night.ts';
import { type RealSet, realSets } from './real-sets.ts';
import { simulatedShops } from './shops-to-judge.ts';
import { simulatedNight } from './simulated-night.ts';

const countCustomers = Number(process.argv[2] ?? 4000);

function againstHeaviest({ quality, rows, champion }: NightAt): number {
  return quality.rmse / rows.find(({ model }) => model === champion)!.quality!.rmse;
}

const geometric = (ratios: readonly number[]) => Math.exp(mean(ratios.map(Math.log)));
const sets = (await realSets()).map((set) => ({
  set,
  night: realNight(set, { at: set.usualCut, days: set.usualDays }),
}));

print('### Orders\n');
print(
  '| set | cuts (days) | weights mbg, pareto, mbg-k, bg, bg-k | heaviest | RMSE of the stack | best peer | to the peer | to the heaviest | bias of total |',
);
print('|---|---|---|---|---|---|---|---|---|');
for (const { set, night } of sets) {
  const { quality, weights, champion, horizonDays, countCuts } = night;
  const shares = [...weights.values()].map(({ orders }) => orders.toFixed(2)).join(' ');
  print(
    `| ${set.name} | ${horizonDays} × ${countCuts} | ${shares} | ${champion} | ${quality.rmse.toFixed(4)} | ${set.bestOfPeers} | ${(quality.rmse / set.bestOfPeers).toFixed(4)} | ${againstHeaviest(night).toFixed(4)} | ${percent(quality.bias!)} |`,
  );
}
print(
  `\nGeometric mean of the ratios to the heaviest over the real sets: ${geometric(sets.map(({ night }) => againstHeaviest(night))).toFixed(4)}.`,
);
const simulated = [1, 2].flatMap((seed) =>
  simulatedShops(seed, countCustomers).map((shop) => againstHeaviest(simulatedNight(shop))),
);
print(
  `Over the twenty simulated shops: ${geometric(simulated).toFixed(4)}, largest ${Math.max(...simulated).toFixed(4)}.`,
);

print('\n### Customers who paused, and one-time buyers\n');
print(
  '| set | map (slope) | paused: P(alive) below 0.3 before the map | orders before | after | came | one-time buyers: mean P(alive) | of MBG | deciles in which more bought than are alive |',
);
print('|---|---|---|---|---|---|---|---|---|');
for (const { set, night } of sets) print(`| ${set.name} | ${pausedCells(set, night)} |`);

function pausedCells(set: RealSet, { alive, forecast, unmapped, map, rows }: NightAt): string {
  const { groups, actualOrders } = cutSet(set.spend, { at: set.usualCut, days: set.usualDays });
  const paused = [...alive.keys()].filter((i) => groups.frequency[i]! > 0 && alive[i]! < 0.3);
  const sum = (column: Float64Array) => paused.reduce((all, i) => all + column[i]!, 0);
  const once = [...alive.keys()]
    .filter((i) => groups.frequency[i] === 0)
    .toSorted((i, j) => alive[i]! - alive[j]!);
  const mbg = rows.find(({ model }) => model === 'mbg_nbd')!.ahead!.alive;
  let above = 0;
  for (let decile = 0; decile < 10; decile++) {
    const of = once.slice(
      Math.floor((decile * once.length) / 10),
      Math.floor(((decile + 1) * once.length) / 10),
    );
    const bought = of.filter((i) => actualOrders[i]! > 0).length / of.length;
    if (bought > mean(of.map((i) => alive[i]!))) above += 1;
  }
  const meanOnce = (column: Float64Array) => mean(once.map((i) => column[i]!)).toFixed(3);
  return `${map === null ? 'none' : map.slope.toFixed(2)} | ${paused.length} | ${sum(unmapped).toFixed(0)} | ${sum(forecast).toFixed(0)} | ${sum(actualOrders)} | ${meanOnce(alive)} | ${meanOnce(mbg)} | ${above} |`.replace(
    / \|$/,
    '',
  );
}

print('\n### Money\n');
print(
  '| set | drift of the basket | bias of sales | without the drift | top 10 % by the forecast bring | by past revenue |',
);
print('|---|---|---|---|---|---|');
for (const { set, night } of sets) {
  if (!set.hasMoney) continue;
  const { groups, averageValue, actualValue } = cutSet(set.spend, {
    at: set.usualCut,
    days: set.usualDays,
  });
  const past = forecastQuality({
    forecast: averageValue.map((value, i) => value * (groups.frequency[i]! + 1)),
    actual: actualValue,
    count: groups.count,
  });
  const own = night.valueQuality;
  const bias = night.sales.mean / night.sales.actual - 1;
  print(
    `| ${set.name} | ${percent(night.basketFactor - 1)} | ${percent(bias)} | ${percent((bias + 1) / night.basketFactor - 1)} | ${percent(own.top10Capture!)} | ${percent(past.top10Capture!)} |`,
  );
}
