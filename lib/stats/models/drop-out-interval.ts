import { cnbdFamily } from './cnbd-k.ts';
import { countLikelihood } from './count-likelihood.ts';
import type { CountGroups } from './counts.ts';
import { type DropOutPrior, dropOutOf } from './drop-out.ts';
import { type CountModel, type Fit, isUsableFit } from './fit.ts';
import { fitBetaGeometric } from './fit-beta-geometric.ts';
import { fitParetoNbd } from './pareto-nbd.ts';

/** Half the 80 % point of χ² with one degree of freedom. */
const FALL = 1.6424 / 2;
/** An interval that is wider tells nothing that a head-count could be made of. */
const WIDEST = Math.log(10);
/** So narrow a prior holds the chance where it is wanted. */
const PIN = 0.005;
const HALVINGS = 6;

/**
 * Does the likelihood tell how many leave? Of the profile likelihood of the mean chance to leave after
 * an order: its 80 % interval holds the penalised estimate and is no wider than a factor of 10. Groups
 * may be coarsened. Cost: some 15 fits.
 */
export function isDropOutTold(
  groups: CountGroups,
  { scoring }: { readonly scoring: Fit },
): boolean {
  const model = scoring.model as CountModel;
  const k = scoring.parameters.k ?? 1;
  const likelihood = countLikelihood(groups, { model, k });
  const fitWith = (prior: DropOutPrior | null) => fitAt(groups, { model, k, prior });
  const valueAt = ({ parameters }: Fit) =>
    likelihood(
      Float64Array.from(
        Object.entries(parameters).filter(([name]) => name !== 'k'),
        ([, value]) => value,
      ),
      new Float64Array(4),
    );
  const best = fitWith(null);
  if (!isUsableFit(best)) return false;
  const highest = valueAt(best);
  const isWithin = (logChance: number) => {
    const pinned = fitWith(pinnedAt(logChance));
    return isUsableFit(pinned) && valueAt(pinned) > highest - FALL;
  };
  const centre = Math.log(dropOutOf(model, best.parameters));
  if (!isWithin(Math.log(dropOutOf(model, scoring.parameters)))) return false;
  const reach = (side: -1 | 1): number => {
    if (isWithin(centre + side * WIDEST)) return WIDEST;
    let [inside, outside] = [0, WIDEST];
    for (let halving = 0; halving < HALVINGS; halving++) {
      const middle = (inside + outside) / 2;
      if (isWithin(centre + side * middle)) inside = middle;
      else outside = middle;
    }
    return outside;
  };
  const below = reach(-1);
  return below < WIDEST && below + reach(1) <= WIDEST;
}

function fitAt(
  groups: CountGroups,
  {
    model,
    k,
    prior,
  }: { readonly model: CountModel; readonly k: number; readonly prior: DropOutPrior | null },
): Fit {
  if (model === 'pareto_nbd') return fitParetoNbd(groups, { prior });
  const variant = model === 'bg_nbd' || model === 'bg_cnbd_k' ? 'bg' : 'mbg';
  return fitBetaGeometric(groups, { model, family: cnbdFamily(variant, k), prior });
}

function pinnedAt(logChance: number): DropOutPrior {
  const free = { mean: 0, deviation: Number.POSITIVE_INFINITY };
  return {
    chance: { mean: logChance, deviation: PIN },
    likeness: free,
    likenessOfRates: free,
  };
}
