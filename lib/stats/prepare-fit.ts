import { findFaultInCounts } from './check-counts.ts';
import { coarsenCounts } from './coarsen-counts.ts';
import type { CountGroups } from './counts.ts';
import { type CountModel, type Fit, failedFit } from './fit.ts';
import { type PreparedCounts, prepareCounts } from './prepared-counts.ts';

/** Fits work on at most so many groups: some 200 MB, and parameters to a tiny part of their error. */
export const MOST_GROUPS = 1_000_000;
/** Enough to stand within a hundredth of the maximum, few enough to walk there for nothing. */
const COARSE_GROUPS = 1000;

/** The groups made ready for a fit, or the failed fit that says why there can be none. */
export function prepareFit(
  model: CountModel,
  groups: CountGroups,
):
  | { readonly prepared: PreparedCounts; readonly coarse: PreparedCounts; readonly failed: null }
  | { readonly failed: Fit } {
  const fault = findFaultInCounts(groups);
  if (fault !== null) {
    return {
      failed: failedFit(model, {
        status: 'invalid_input',
        warning: `Cannot fit ${model}: ${fault}`,
        countCustomers: 0,
      }),
    };
  }
  const prepared = prepareCounts(coarsenCounts(groups, MOST_GROUPS));
  const { countCustomers, countRepeatOrders, meanAge } = prepared;
  if (countCustomers === 0) {
    return {
      failed: failedFit(model, {
        status: 'no_customers',
        warning: `Cannot fit ${model}: at least one customer is needed: found none`,
        countCustomers,
      }),
    };
  }
  if (countRepeatOrders === 0 || !(meanAge > 0)) {
    return {
      failed: failedFit(model, {
        status: 'no_repeat_orders',
        warning: `Cannot fit ${model}: at least one repeat order on a later day is needed: found none among ${countCustomers} customers`,
        countCustomers,
      }),
    };
  }
  const coarseGroups = coarsenCounts(prepared.groups, COARSE_GROUPS);
  const coarse = coarseGroups === prepared.groups ? prepared : prepareCounts(coarseGroups);
  return { prepared, coarse, failed: null };
}
