import type { CountModel } from '../models/fit.ts';
import type { Note } from '../note.ts';
import type { Baseline } from './baselines.ts';
import type { Quality } from './quality.ts';

/** In the order in which equal scores are decided. */
export const CANDIDATES = [
  'mbg_nbd',
  'pareto_nbd',
  'mbg_cnbd_k',
] as const satisfies readonly CountModel[];
const FIRST_CHAMPION: CountModel = 'mbg_nbd';

/** A challenger must be better by this much to take the place. */
const HYSTERESIS = 0.01;
/** How much further from 0 than the nearest candidate the bias of the total may be. */
const BIAS_ALLOWANCE = 0.1;

/** What the rule looks at of a model's forecast at a cut; null where its fit was not usable. */
export interface CutQuality {
  readonly model: CountModel | Baseline;
  readonly quality: Pick<Quality, 'rmse' | 'forecastTotal' | 'actualTotal'> | null;
}

interface CandidateScore {
  readonly model: CountModel;
  /** Geometric mean over the cuts of RMSE ÷ RMSE of mbg_nbd; null where a cut has none. */
  readonly score: number | null;
  /** Of the total over all cuts together. */
  readonly bias: number | null;
  readonly isEligible: boolean;
}

export interface Choice {
  readonly champion: CountModel | null;
  readonly scores: readonly CandidateScore[];
  readonly reason: Note;
}

/**
 * The champion rule of docs/models.md. `cuts` are back-tests of one horizon; `usable` the models
 * whose fit at the as-of date is usable. Null where no candidate is usable at all.
 */
export function chooseChampion({
  cuts,
  usable,
  incumbent = FIRST_CHAMPION,
}: {
  readonly cuts: readonly (readonly CutQuality[])[];
  readonly usable: ReadonlySet<CountModel>;
  readonly incumbent?: CountModel;
}): Choice {
  const scores = eligibility(
    CANDIDATES.map((model) => ({ model, ...scoreOf(model, cuts), isUsable: usable.has(model) })),
  );
  const eligible = scores.filter((candidate) => candidate.isEligible);
  const best = eligible.reduce<CandidateScore | null>(
    (lowest, candidate) =>
      lowest === null || candidate.score! < lowest.score! ? candidate : lowest,
    null,
  );
  if (best === null) {
    const fallback = usable.has(incumbent)
      ? incumbent
      : (CANDIDATES.find((model) => usable.has(model)) ?? null);
    return { champion: fallback, scores, reason: { code: 'no_back_test' } };
  }
  const current = eligible.find((candidate) => candidate.model === incumbent);
  if (current === undefined) {
    return {
      champion: best.model,
      scores,
      reason: { code: 'incumbent_not_eligible', figures: { incumbent, best: best.model } },
    };
  }
  const gain = 1 - best.score! / current.score!;
  if (gain >= HYSTERESIS) {
    return {
      champion: best.model,
      scores,
      reason: {
        code: 'less_error',
        figures: { best: best.model, percent: (100 * gain).toFixed(1), incumbent },
      },
    };
  }
  return {
    champion: incumbent,
    scores,
    reason: { code: 'too_little_gain', figures: { percent: 100 * HYSTERESIS, incumbent } },
  };
}

function scoreOf(
  model: CountModel,
  cuts: readonly (readonly CutQuality[])[],
): { score: number | null; bias: number | null } {
  let logs = 0;
  let forecast = 0;
  let actual = 0;
  for (const rows of cuts) {
    const own = rows.find((row) => row.model === model)?.quality ?? null;
    const reference = rows.find((row) => row.model === FIRST_CHAMPION)?.quality ?? null;
    if (own === null) return { score: null, bias: null };
    logs += Math.log(own.rmse / (reference ?? own).rmse);
    forecast += own.forecastTotal;
    actual += own.actualTotal;
  }
  const score = cuts.length === 0 ? null : Math.exp(logs / cuts.length);
  // a holdout without an order or an error compares nothing
  return {
    score: Number.isFinite(score) ? score : null,
    bias: actual > 0 ? forecast / actual - 1 : null,
  };
}

function eligibility(
  candidates: readonly (Omit<CandidateScore, 'isEligible'> & { isUsable: boolean })[],
): CandidateScore[] {
  const compared = candidates.filter((c) => c.isUsable && c.score !== null && c.bias !== null);
  const nearest = Math.min(...compared.map((c) => Math.abs(c.bias!)));
  return candidates.map(({ isUsable, ...candidate }) => ({
    ...candidate,
    isEligible:
      isUsable &&
      candidate.score !== null &&
      candidate.bias !== null &&
      Math.abs(candidate.bias) <= nearest + BIAS_ALLOWANCE,
  }));
}
