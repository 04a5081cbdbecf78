/**
 * A wholesaler's first year: regular buyers, a strong season, a third of whom leave within a year, and
 * a history that ends after the season's peak. Does the interval of the 12-month total hold, is a
 * head-count published with two years of history, is P(some order) right? Prints Markdown.
 * Run: node bench/stats/wholesalers.ts [customers]
 */
import { isHeld, type NightAt } from './night-at.ts';
import { percent, print } from './print.ts';
import { type ShopToJudge, wholesaler } from './shops-to-judge.ts';
import { simulatedNight } from './simulated-night.ts';

const countCustomers = Number(process.argv[2] ?? 1500);
const SEEDS = 20;

function judge(shop: ShopToJudge): NightAt {
  const night = simulatedNight(shop);
  const { mean: centre, low, high, actual } = night.orders;
  print(
    `| ${shop.name} | ${night.horizonDays} × ${night.countCuts} | ${centre.toFixed(0)} | ${low} – ${high} (${percent((high - low) / centre, 0)}) | ${actual} | ${isHeld(night.orders) ? 'yes' : 'no'} | ${percent(night.someExpected, 0)} | ${percent(night.someCame, 0)} | ${night.isDropOutTold ? 'yes' : 'no'} |`,
  );
  return night;
}

print(
  '| shop | cuts (days) | orders of 12 months | 80 % interval (width) | came | held | some order expected of | ordered | head-count |',
);
print('|---|---|---|---|---|---|---|---|---|');
for (const years of [1, 2]) {
  const shops = Array.from({ length: SEEDS / years }, (_, i) =>
    wholesaler(i + 1, { countCustomers, years }),
  );
  const nights = shops.map(judge);
  const held = nights.filter(({ orders }) => isHeld(orders)).length;
  const told = nights.filter((night) => night.isDropOutTold).length;
  print(
    `| ${years} year${years > 1 ? 's' : ''} of history: held ${held} of ${shops.length}, a head-count in ${told} | | | | | | | | |`,
  );
}
