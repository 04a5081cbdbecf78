import { countLikelihood } from '../../lib/stats/models/count-likelihood.ts';
import type { CountGroups, CustomerHistory } from '../../lib/stats/models/counts.ts';
import type { CountModel } from '../../lib/stats/models/fit.ts';
import { expectedOrders } from '../../lib/stats/scoring/expected-orders.ts';
import { scorerOf } from '../../lib/stats/scoring/scorer.ts';
import { groupsOf } from './single.ts';

/*
 * What a night computes of one customer, by the model's name: the golden values of papers and packages
 * are held to these, and not to functions that nothing else calls.
 */

export type ModelParameters = Readonly<Record<string, number>>;

/** P(alive | x, t_x, T). */
export function aliveOf(
  model: CountModel,
  parameters: ModelParameters,
  customer: CustomerHistory,
): number {
  return scorerOf(model, parameters).probabilityAlive(customer);
}

/** E[X(T, T + weeks) | x, t_x, T]. */
export function ordersOf(
  model: CountModel,
  parameters: ModelParameters,
  { weeks, ...customer }: CustomerHistory & { readonly weeks: number },
): number {
  return expectedOrders(groupsOf([customer]), { model, parameters, weeks })[0]!;
}

/** All orders to come at a continuous rate of `perWeek`; of a model with one phase. */
export function residualOf(
  model: CountModel,
  parameters: ModelParameters,
  { perWeek, ...customer }: CustomerHistory & { readonly perWeek: number },
): number {
  const scorer = scorerOf(model, parameters);
  const living = scorer.ordersOfLiving(customer.frequency, 0);
  return scorer.probabilityAlive(customer) * living.discountedResidual(customer.age, perWeek);
}

const names = (model: CountModel) =>
  model === 'pareto_nbd' ? ['r', 'alpha', 's', 'beta'] : ['r', 'alpha', 'a', 'b'];

/** The log-likelihood and its derivatives by the four parameters, in the order of the fit. */
export function likelihoodOf(
  model: CountModel,
  parameters: ModelParameters,
  groups: CountGroups,
): { readonly value: number; readonly gradient: Float64Array } {
  const gradient = new Float64Array(4);
  const at = Float64Array.from(names(model), (name) => parameters[name]!);
  const evaluate = countLikelihood(groups, { model, k: parameters.k ?? 1 });
  return { value: evaluate(at, gradient), gradient };
}
