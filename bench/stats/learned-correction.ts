/**
 * Would correcting the champion's total by what it missed at earlier cuts help? The factor is
 * actual ÷ forecast over the inner cuts together, taken whole or by its root (half the way in
 * logarithms); it is scored on the holdout, which it has not seen. Prints a Markdown table.
 * Run: node bench/stats/learned-correction.ts [customers of a simulated shop]
 */
import { championAtCut } from './champion-at-cut.ts';
import { mean, median, percent, print } from './print.ts';
import { realShops } from './real-shops.ts';
import { type ShopToJudge, simulatedShops } from './shops-to-judge.ts';

const countCustomers = Number(process.argv[2] ?? 4000);

interface Biases {
  readonly plain: number;
  readonly half: number;
  readonly whole: number;
}

function judge(judged: ShopToJudge): Biases | null {
  const { champion, scores, rows } = championAtCut(judged);
  const missed = scores.find((score) => score.model === champion)!.bias;
  if (missed === null) return null;
  const factor = 1 / (1 + missed);
  const plain = rows.find((row) => row.model === champion)!.quality!.bias!;
  const half = (1 + plain) * Math.sqrt(factor) - 1;
  const whole = (1 + plain) * factor - 1;
  print(
    `| ${judged.name} | ${percent(missed)} | ${percent(plain)} | ${percent(half)} | ${percent(whole)} |`,
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
