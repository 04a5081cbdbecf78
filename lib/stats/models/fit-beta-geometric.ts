import { FAR, maximiseLikelihood, type NamedLimit } from '../optimise/maximise-likelihood.ts';
import { type BetaGeometricFamily, betaGeometricLogLikelihood } from './beta-geometric.ts';
import type { CountGroups } from './counts.ts';
import type { CountModel, Fit } from './fit.ts';
import { likelihoodsOf, prepareFit } from './prepare-fit.ts';

/** Fits r, α (weeks), a, b of one of the family to grouped counts. Never throws for bad data. */
export function fitBetaGeometric(
  groups: CountGroups,
  { model, family }: { model: CountModel; family: BetaGeometricFamily },
): Fit {
  const ready = prepareFit(model, groups);
  if (ready.failed !== null) return ready.failed;
  const { countCustomers, countRepeatOrders, meanAge } = ready.prepared.all;
  // λ is about stages ÷ age, so α is about r ÷ that rate: time enters through the starts alone.
  const meanInterval = (countCustomers * meanAge) / countRepeatOrders / family.regularity;
  return maximiseLikelihood({
    model,
    names: ['r', 'alpha', 'a', 'b'],
    ...likelihoodsOf(ready.prepared, (counts) => betaGeometricLogLikelihood(counts, family)),
    countCustomers,
    starts: [
      [0.5, 0.3 * meanInterval, 0.8, 2],
      [1.5, 1.5 * meanInterval, 0.1, 3],
      [0.1, 0.02 * meanInterval, 2, 2],
    ],
    scale: [1, meanInterval, 1, 1],
    nameLimit: ([r, alpha, a, b]) =>
      nameLimit({ r: r!, alphaInIntervals: alpha! / meanInterval, a: a!, b: b! }),
  });
}

function nameLimit({
  r,
  alphaInIntervals,
  a,
  b,
}: {
  r: number;
  alphaInIntervals: number;
  a: number;
  b: number;
}): NamedLimit | null {
  if (a < 1 / FAR && b < 1 / FAR) {
    return {
      status: 'at_bound',
      note: { code: 'stops_at_once_or_never' },
    };
  }
  if (a < 1 / FAR || a / (a + b) < 1 / FAR) {
    return {
      status: 'no_dropout_seen',
      note: { code: 'stopping_probability_zero' },
    };
  }
  if (b < 1 / FAR || b / (a + b) < 1 / FAR) {
    return {
      status: 'everyone_lost',
      note: { code: 'stopping_probability_one' },
    };
  }
  if (r > FAR || alphaInIntervals > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_buying_rate' },
    };
  }
  if (a > FAR || b > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_stopping_probability' },
    };
  }
  return null;
}
