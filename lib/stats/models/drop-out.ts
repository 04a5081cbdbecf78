import type { LogLikelihood } from '../optimise/log-likelihood.ts';
import type { CountModel } from './fit.ts';

/** A normal distribution of a logarithm. */
interface LogNormal {
  readonly mean: number;
  readonly deviation: number;
}

/** What is known of drop-out before a shop is seen. */
export interface DropOutPrior {
  /** ln of the mean chance that a customer leaves after an order. */
  readonly chance: LogNormal;
  /** ln(a + b) of the chances' Beta: low where customers either leave at once or never. */
  readonly likeness: LogNormal;
  /** ln s of the Pareto/NBD's rates of dying: the same. */
  readonly likenessOfRates: LogNormal;
}

/**
 * Of the ten kinds of simulated shops in bench/stats/shops-to-judge.ts, rounded, the deviations of
 * likeness from 0.3 to 1: chances from 2 % (groceries) to 60 % (nearly nobody returns). No real shop
 * is in it.
 */
export const DROP_OUT_PRIOR: DropOutPrior = {
  chance: { mean: -1.7, deviation: 1 },
  likeness: { mean: 1.2, deviation: 1 },
  likenessOfRates: { mean: -0.4, deviation: 1 },
};

/** A logarithm of the parameters, its derivatives by them in the fit's order, and what it should be. */
interface Expectation {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly expected: LogNormal;
}

/** (M)BG family: ln a/(a+b) and ln(a+b). */
function ofBetaGeometric(parameters: ArrayLike<number>, prior: DropOutPrior): Expectation[] {
  const a = parameters[2]!;
  const b = parameters[3]!;
  const sum = a + b;
  return [
    {
      value: -Math.log1p(b / a),
      gradient: [0, 0, b / (a * sum), -1 / sum],
      expected: prior.chance,
    },
    { value: Math.log(sum), gradient: [0, 0, 1 / sum, 1 / sum], expected: prior.likeness },
  ];
}

/** Pareto/NBD: ln m/(1+m), m = (s/β) ÷ (r/α) deaths an order at mean rates, and ln s. */
function ofPareto(parameters: ArrayLike<number>, prior: DropOutPrior): Expectation[] {
  const [r, alpha, s, beta] = Array.from(parameters) as [number, number, number, number];
  const deaths = (s * alpha) / (beta * r);
  const rest = 1 / (1 + deaths);
  return [
    {
      value: -Math.log1p(1 / deaths),
      gradient: [-rest / r, rest / alpha, rest / s, -rest / beta],
      expected: prior.chance,
    },
    { value: Math.log(s), gradient: [0, 0, 1 / s, 0], expected: prior.likenessOfRates },
  ];
}

/** Mean chance to leave after an order, of fitted parameters. */
export function dropOutOf(
  model: CountModel,
  { r = 0, alpha = 0, a = 0, b = 0, s = 0, beta = 0 }: Readonly<Record<string, number>>,
): number {
  if (model !== 'pareto_nbd') return a / (a + b);
  const deaths = (s * alpha) / (beta * r);
  return deaths / (1 + deaths);
}

/**
 * The log-likelihood less ½ ((ln chance − mean) ÷ deviation)² and the same of the likeness, without
 * which the chance is met by few customers who leave at once; itself without a prior.
 */
export function penalised(
  logLikelihood: LogLikelihood,
  { model, prior }: { readonly model: CountModel; readonly prior: DropOutPrior | null },
): LogLikelihood {
  if (prior === null) return logLikelihood;
  const expectationsOf = model === 'pareto_nbd' ? ofPareto : ofBetaGeometric;
  return (parameters, gradient) => {
    let value = logLikelihood(parameters, gradient);
    for (const { value: log, gradient: by, expected } of expectationsOf(parameters, prior)) {
      const distance = (log - expected.mean) / expected.deviation;
      value -= (distance * distance) / 2;
      for (let i = 0; i < by.length; i++) gradient[i]! -= (distance / expected.deviation) * by[i]!;
    }
    return value;
  };
}
