import {
  type BackTestRow,
  backTest,
  COUNT_MODELS,
  type Cut,
  fitCountModel,
} from '../../lib/stats/judging/back-test.ts';
import { planBackTest } from '../../lib/stats/judging/back-test-plan.ts';
import { type Choice, chooseChampion } from '../../lib/stats/judging/champion.ts';
import { isUsableFit } from '../../lib/stats/models/fit.ts';
import { cutShop } from './cut-shop.ts';
import type { ShopToJudge } from './shops-to-judge.ts';

export interface JudgedShop extends Choice {
  /** The inner cuts of the history, in words. */
  readonly innerCuts: string;
  /** All that was known at the cut, and the holdout after it. */
  readonly known: Cut;
  /** Every model and baseline in the holdout. */
  readonly rows: readonly BackTestRow[];
}

/** Whom the champion rule chooses from the history alone, and how all models do in the holdout. */
export function championAtCut({ shop, cut, end }: ShopToJudge): JudgedShop {
  const opening = shop.firstAt.reduce((first, at) => Math.min(first, at), Number.POSITIVE_INFINITY);
  const plan = planBackTest(Math.round((cut - opening) * 7));
  const cuts = (plan?.cutsDaysAgo ?? []).map((daysAgo) =>
    backTest(cutShop(shop, { at: cut - daysAgo / 7, weeks: plan!.horizonDays / 7 })),
  );
  const known = cutShop(shop, { at: cut, weeks: end - cut });
  const usable = new Set(COUNT_MODELS.filter((model) => isUsableFit(fitCountModel(model, known))));
  return {
    ...chooseChampion({ cuts, usable }),
    innerCuts: `${plan?.horizonDays ?? '–'} × ${cuts.length}`,
    known,
    rows: backTest(known),
  };
}
