/**
 * Would correcting the champion's total by what it missed at earlier cuts help? The factor is
 * actual ÷ forecast over the inner cuts together, taken whole or by its root (half the way in
 * logarithms); it is scored on the holdout, which it has not seen. Prints a Markdown table.
 * Run: node bench/stats/learned-correction.ts [customers of a simulated shop]
 */
import { backTest, COUNT_MODELS, fitCountModel } from '../../lib/stats/back-test.ts';
import { planBackTest } from '../../lib/stats/back-test-plan.ts';
import { chooseChampion } from '../../lib/stats/champion.ts';
import { isUsableFit } from '../../lib/stats/fit.ts';
import { cutShop } from './cut-shop.ts';
import { mean, median, percent, print } from './print.ts';
import { realShops } from './real-shops.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';

const countCustomers = Number(process.argv[2] ?? 4000);

interface Biases {
  readonly plain: number;
  readonly half: number;
  readonly whole: number;
}

function judge({ name, shop, cut, end }: ShopToJudge): Biases | null {
  const opening = shop.firstAt.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const plan = planBackTest(Math.round((cut - opening) * 7));
  if (plan === null) return null;
  const cuts = plan.cutsDaysAgo.map((daysAgo) =>
    backTest(cutShop(shop, { at: cut - daysAgo / 7, weeks: plan.horizonDays / 7 })),
  );
  const known = cutShop(shop, { at: cut, weeks: end - cut });
  const usable = new Set(COUNT_MODELS.filter((model) => isUsableFit(fitCountModel(model, known))));
  const { champion, scores } = chooseChampion({ cuts, usable });
  const missed = scores.find((score) => score.model === champion)!.bias;
  if (missed === null) return null;
  const factor = 1 / (1 + missed);
  const plain = backTest(known).find((row) => row.model === champion)!.quality!.bias!;
  const half = (1 + plain) * Math.sqrt(factor) - 1;
  const whole = (1 + plain) * factor - 1;
  print(
    `| ${name} | ${percent(missed)} | ${percent(plain)} | ${percent(half)} | ${percent(whole)} |`,
  );
  return { plain, half, whole };
}

print(
  '| shop | bias at earlier cuts | plain bias in the holdout | corrected half the way | corrected whole |',
);
print('|---|---|---|---|---|');
const all = [
  ...(await realShops()),
  ...[1, 2, 3].flatMap((seed) => simulatedShops(seed, countCustomers)),
]
  .map(judge)
  .filter((biases) => biases !== null);
for (const way of ['plain', 'half', 'whole'] as const) {
  const sizes = all.map((biases) => Math.abs(biases[way]));
  print(
    `\n${way}: |bias| median ${percent(median(sizes))}, mean ${percent(mean(sizes))}, largest ${percent(Math.max(...sizes))}`,
  );
}
