import type { LogLikelihood } from '../optimise/log-likelihood.ts';
import type { LikelihoodProblem } from '../optimise/maximise-likelihood.ts';
import { findFaultInCounts } from './check-counts.ts';
import { coarsenCounts } from './coarsen-counts.ts';
import type { CountGroups } from './counts.ts';
import { type CountModel, type Fit, failedFit } from './fit.ts';
import { type PreparedCounts, prepareCounts } from './prepared-counts.ts';

/** Fits work on at most so many groups: some 200 MB, and parameters to a tiny part of their error. */
const MOST_GROUPS = 1_000_000;
/** Enough for the curvature at the maximum, and so the standard errors, to a hundredth. */
const MEDIUM_GROUPS = 20_000;
/** Enough to stand within a hundredth of the maximum, few enough to walk there for nothing. */
const COARSE_GROUPS = 1000;

/** The customers of a fit in all their groups and in fewer; the same object where that is few. */
export interface PreparedFit {
  readonly all: PreparedCounts;
  readonly medium: PreparedCounts;
  readonly coarse: PreparedCounts;
}

/** The groups made ready for a fit, or the failed fit that says why there can be none. */
export function prepareFit(
  model: CountModel,
  groups: CountGroups,
): { readonly prepared: PreparedFit; readonly failed: null } | { readonly failed: Fit } {
  const fault = findFaultInCounts(groups);
  if (fault !== null) {
    return {
      failed: failedFit(model, {
        status: 'invalid_input',
        note: { code: 'invalid_input', figures: fault },
        countCustomers: 0,
      }),
    };
  }
  const all = prepareCounts(coarsenCounts(groups, MOST_GROUPS));
  const { countCustomers, countRepeatOrders, meanAge } = all;
  if (countCustomers === 0) {
    return {
      failed: failedFit(model, {
        status: 'no_customers',
        note: { code: 'no_customers' },
        countCustomers,
      }),
    };
  }
  if (countRepeatOrders === 0 || !(meanAge > 0)) {
    return {
      failed: failedFit(model, {
        status: 'no_repeat_orders',
        note: { code: 'no_repeat_orders', figures: { customers: countCustomers } },
        countCustomers,
      }),
    };
  }
  const medium = coarser(all, MEDIUM_GROUPS);
  return { prepared: { all, medium, coarse: coarser(medium, COARSE_GROUPS) }, failed: null };
}

function coarser(prepared: PreparedCounts, mostGroups: number): PreparedCounts {
  const groups = coarsenCounts(prepared.groups, mostGroups);
  return groups === prepared.groups ? prepared : prepareCounts(groups);
}

/** A likelihood over each of them, made once where they are the same. */
export function likelihoodsOf(
  { all, medium, coarse }: PreparedFit,
  likelihoodOf: (counts: PreparedCounts) => LogLikelihood,
): Pick<LikelihoodProblem, 'logLikelihood' | 'mediumLogLikelihood' | 'coarseLogLikelihood'> {
  const logLikelihood = likelihoodOf(all);
  const mediumLogLikelihood = medium === all ? logLikelihood : likelihoodOf(medium);
  const coarseLogLikelihood = coarse === medium ? mediumLogLikelihood : likelihoodOf(coarse);
  return { logLikelihood, mediumLogLikelihood, coarseLogLikelihood };
}
