import type { Note } from '../note.ts';

export type CountModel = 'bg_nbd' | 'mbg_nbd' | 'pareto_nbd' | 'bg_cnbd_k' | 'mbg_cnbd_k';
export type ModelName = CountModel | 'gamma_gamma';

/** Parameters of each model, in the order of its likelihood; k, which is chosen, first. */
export const PARAMETERS_OF: Readonly<Record<ModelName, readonly string[]>> = {
  bg_nbd: ['r', 'alpha', 'a', 'b'],
  mbg_nbd: ['r', 'alpha', 'a', 'b'],
  pareto_nbd: ['r', 'alpha', 's', 'beta'],
  bg_cnbd_k: ['k', 'r', 'alpha', 'a', 'b'],
  mbg_cnbd_k: ['k', 'r', 'alpha', 'a', 'b'],
  gamma_gamma: ['p', 'q', 'gamma'],
};

/**
 * How a fit ended. `converged`: an inner maximum, all is well. The next group has usable
 * parameters at a limit of the model, which is named. The last group has no parameters.
 */
export type FitStatus =
  | 'converged'
  // usable, at a limit
  | 'no_dropout_seen'
  | 'everyone_lost'
  | 'no_heterogeneity'
  | 'infinite_mean'
  | 'at_bound'
  // nothing usable
  | 'not_converged'
  | 'no_customers'
  | 'no_repeat_orders'
  | 'invalid_input';

const WITHOUT_PARAMETERS: ReadonlySet<FitStatus> = new Set<FitStatus>([
  'not_converged',
  'no_customers',
  'no_repeat_orders',
  'invalid_input',
]);

/** The outcome of fitting a model. A fit never throws for reasons of data: read `status`. */
export interface Fit {
  readonly model: ModelName;
  /** Named as in the papers, time in weeks; empty where nothing could be estimated. */
  readonly parameters: Readonly<Record<string, number>>;
  /** From the observed information; null where it is not positive definite or at a bound. */
  readonly standardErrors: Readonly<Record<string, number | null>>;
  /** At the parameters; null without parameters. */
  readonly logLikelihood: number | null;
  readonly countCustomers: number;
  readonly status: FitStatus;
  /** Largest |∂ log-likelihood / ∂ ln parameter| per customer, bounds left out; null without. */
  readonly gradientNorm: number | null;
  /** Observed information in the logarithms of the parameters, row by row; null without. */
  readonly information: readonly (readonly number[])[] | null;
  readonly iterations: number;
  /** What the person who reads the figures must know of it. */
  readonly notes: readonly Note[];
}

/** True where the parameters can be used to predict: an inner maximum, or a named limit. */
export function isUsableFit(fit: Fit): boolean {
  return !WITHOUT_PARAMETERS.has(fit.status);
}

/** A fit that ended before there was anything to estimate. */
export function failedFit(
  model: ModelName,
  { status, note, countCustomers }: { status: FitStatus; note: Note; countCustomers: number },
): Fit {
  return {
    model,
    parameters: {},
    standardErrors: {},
    logLikelihood: null,
    countCustomers,
    status,
    gradientNorm: null,
    information: null,
    iterations: 0,
    notes: [note],
  };
}
