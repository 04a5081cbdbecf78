/**
 * Do the intervals of totals hold? On four real sets at the horizons that are published wherever the
 * data reach, and at shorter ones; on simulated shops true to a model, and on the same whose level
 * moves by a log-normal factor of 0.15 a horizon. Prints Markdown.
 * Run: node bench/stats/totals.ts [customers of a simulated shop]
 */

import { drawNormal } from '../../lib/stats/random/draw.ts';
import { seededRandom } from '../../lib/stats/random/random.ts';
import { dayOf } from './daily-spend.ts';
import { type HeldTotal, isHeld, type NightAt } from './night-at.ts';
import { mean, percent, print } from './print.ts';
import { realNight } from './real-night.ts';
import { type RealSet, realSets } from './real-sets.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';
import { simulatedNight } from './simulated-night.ts';

const countCustomers = Number(process.argv[2] ?? 2000);
/** Written down before anything was forecast: what a level that moves does in a horizon. */
const MOVING_LEVEL = 0.15;

interface Origin {
  readonly at: number;
  readonly days: number;
  readonly isPublished: boolean;
}

function originsOf({ name, firstDay, lastDay, usualCut }: RealSet): Origin[] {
  const origins: Origin[] = [];
  // nine years of disjoint quarters take an hour: of the longest set half-years alone
  for (const days of name === 'foundations' ? [180] : [90, 180, 270]) {
    for (let at = firstDay + 365; at + days <= lastDay; at += days) {
      origins.push({ at, days, isPublished: false });
    }
    if (lastDay - firstDay < 2 * 365)
      origins.push({ at: firstDay + 240, days, isPublished: false });
  }
  if (name === 'grocery') origins.push({ at: usualCut, days: 364, isPublished: true });
  if (name === 'foundations') {
    for (let year = 2007; year <= 2014; year++) {
      for (const days of [365, 730, 1095]) {
        const at = dayOf(`${year}-12-31`);
        if (at + days <= lastDay + 1) origins.push({ at, days, isPublished: true });
      }
    }
  }
  return origins.filter(({ at, days }) => at + days <= lastDay + 1);
}

const share = (totals: readonly HeldTotal[]) =>
  totals.length === 0
    ? '–'
    : `${percent(totals.filter(isHeld).length / totals.length, 0)} of ${totals.length}, width ${percent(mean(totals.map(({ low, high, mean: centre }) => (high - low) / centre)), 0)}`;

print('| set | horizons | orders held | sales held | by acquisition month |');
print('|---|---|---|---|---|');
const pooled: { orders: HeldTotal[]; sales: HeldTotal[] } = { orders: [], sales: [] };
const yearly: { name: string; night: NightAt }[] = [];
for (const set of await realSets()) {
  for (const isPublished of [true, false]) {
    const nights = originsOf(set)
      .filter((origin) => origin.isPublished === isPublished)
      .map((origin) => ({ origin, night: realNight(set, origin) }));
    if (nights.length === 0) continue;
    const orders = nights.map(({ night }) => night.orders);
    const sales = set.hasMoney ? nights.map(({ night }) => night.sales) : [];
    pooled.orders.push(...orders);
    if (set.name !== 'Online Retail') pooled.sales.push(...sales);
    print(
      `| ${set.name} | ${isPublished ? '12, 24, 36 months' : '90 to 270 days, disjoint'} | ${share(orders)} | ${share(sales)} | ${share(nights.flatMap(({ night }) => night.months))} |`,
    );
    for (const { origin, night } of nights) {
      if (origin.days === 365) {
        yearly.push({ name: new Date(origin.at * 86_400_000).toISOString().slice(0, 10), night });
      }
    }
  }
}
print(`| pooled | | ${share(pooled.orders)} | ${share(pooled.sales)} (without Online Retail) | |`);

print('\n| foundations, cut | bias of orders | of sales | of sales without the drift |');
print('|---|---|---|---|');
const biasOf = ({ sales }: NightAt) => sales.mean / sales.actual - 1;
const plainBiasOf = (night: NightAt) => (biasOf(night) + 1) / night.basketFactor - 1;
for (const { name, night } of yearly) {
  print(
    `| ${name} | ${percent(night.quality.bias!)} | ${percent(biasOf(night))} | ${percent(plainBiasOf(night))} |`,
  );
}
const meanSize = (of: (night: NightAt) => number) =>
  percent(mean(yearly.map(({ night }) => Math.abs(of(night)))));
print(`| mean size | | ${meanSize(biasOf)} | ${meanSize(plainBiasOf)} |`);

/** Keeps or repeats orders after the cut so that their level is `factor` times what it was. */
function withLevel(shop: ShopToJudge, seed: number): ShopToJudge {
  const random = seededRandom(seed);
  const factor = Math.exp(MOVING_LEVEL * drawNormal(random));
  const { firstAt, start, repeatAt } = shop.shop;
  const moved: number[] = [];
  const starts = [0];
  for (let i = 0; i < firstAt.length; i++) {
    const times: number[] = [];
    for (let j = start[i]!; j < start[i + 1]!; j++) {
      const at = repeatAt[j]!;
      if (at <= shop.cut) times.push(at);
      else {
        for (let copies = Math.floor(factor + random()); copies > 0; copies--) {
          times.push(at + (copies - 1) / 7 / 10);
        }
      }
    }
    moved.push(...times.sort((left, right) => left - right));
    starts.push(moved.length);
  }
  return {
    ...shop,
    shop: { firstAt, start: Int32Array.from(starts), repeatAt: Float64Array.from(moved) },
  };
}

const shops = [1, 2, 3].flatMap((seed) => simulatedShops(seed, countCustomers));
print('\n| simulated shops | orders held |');
print('|---|---|');
print(`| true to a model | ${share(shops.map((shop) => simulatedNight(shop).orders))} |`);
print(
  `| whose level moves | ${share(shops.map((shop, i) => simulatedNight(withLevel(shop, 100 + i)).orders))} |`,
);
