import { backTest } from '../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { judgeStack, type StackJudgement } from '../../lib/stats/judging/judge-stack.ts';
import { DROP_OUT_PRIOR } from '../../lib/stats/models/drop-out.ts';
import { fitGammaGamma, gammaGammaExpectedSpend } from '../../lib/stats/models/gamma-gamma.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { spendModelOf } from '../../lib/stats/models/spend-model.ts';
import type { SpendCut } from './cut-set.ts';

/** Value expected of an occasion of each row, as a night would say at the cut. */
export function occasionValues(cut: SpendCut): Float64Array {
  const { frequency, count } = cut.groups;
  const rows = [...frequency.keys()].filter((i) => frequency[i]! > 0 && cut.repeatValue[i]! > 0);
  const fit = fitGammaGamma({
    frequency: Float64Array.from(rows, (i) => frequency[i]!),
    meanSpend: Float64Array.from(rows, (i) => cut.repeatValue[i]!),
    count: new Float64Array(rows.length).fill(1),
  });
  let value = 0;
  let occasions = 0;
  frequency.forEach((x, i) => {
    value += count[i]! * (x + 1) * cut.averageValue[i]!;
    occasions += count[i]! * (x + 1);
  });
  const model = spendModelOf(fit, value / occasions);
  return frequency.map((x, i) =>
    model === null ? 0 : gammaGammaExpectedSpend(model, { frequency: x, meanSpend: cut.repeatValue[i]! }),
  );
}

/** What the history up to a cut teaches. */
export function learnAt(
  cutAt: (daysAgo: number, days: number) => SpendCut,
  { historyDays, usable }: { historyDays: number; usable: ReadonlySet<CountModel> },
): StackJudgement & { readonly horizonDays: number } {
  const plan = planBackTest(historyDays);
  const cuts = (plan?.cutsDaysAgo ?? []).map((daysAgo) => {
    const cut = cutAt(daysAgo, plan!.horizonDays);
    return {
      cut,
      rows: backTest(cut, DROP_OUT_PRIOR),
      occasionValue: occasionValues(cut),
      actualValue: cut.actualValue,
    };
  });
  return { ...judgeStack(cuts, { usable, seed: 1 }), horizonDays: plan?.horizonDays ?? 0 };
}
