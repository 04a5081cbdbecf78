import type { LogLikelihood } from '../optimise/log-likelihood.ts';
import { betaGeometricLogLikelihood } from './beta-geometric.ts';
import { cnbdFamily } from './cnbd-k.ts';
import type { CountGroups } from './counts.ts';
import { type DropOutPrior, penalised } from './drop-out.ts';
import type { CountModel } from './fit.ts';
import { paretoLogLikelihood } from './pareto-likelihood.ts';
import { prepareCounts } from './prepared-counts.ts';

/**
 * The log-likelihood of a model on grouped counts, over its parameters in the order of the fit
 * without k, which is given (1 where a model has none);
 * penalised where a prior of drop-out is.
 */
export function countLikelihood(
  groups: CountGroups,
  {
    model,
    k = 1,
    prior = null,
  }: { readonly model: CountModel; readonly k?: number; readonly prior?: DropOutPrior | null },
): LogLikelihood {
  return penalised(unpenalised(groups, { model, k }), { model, prior });
}

function unpenalised(
  groups: CountGroups,
  { model, k }: { readonly model: CountModel; readonly k: number },
): LogLikelihood {
  const prepared = prepareCounts(groups);
  switch (model) {
    case 'pareto_nbd':
      return paretoLogLikelihood(prepared);
    case 'bg_nbd':
      return betaGeometricLogLikelihood(prepared, cnbdFamily('bg', 1));
    case 'mbg_nbd':
      return betaGeometricLogLikelihood(prepared, cnbdFamily('mbg', 1));
    case 'bg_cnbd_k':
      return betaGeometricLogLikelihood(prepared, cnbdFamily('bg', k));
    case 'mbg_cnbd_k':
      return betaGeometricLogLikelihood(prepared, cnbdFamily('mbg', k));
  }
}
