import { type BgNbdParameters, bgNbdProbabilityAlive } from './bg-nbd.ts';
import type { CustomerHistory } from './counts.ts';
import type { CountModel } from './fit.ts';
import { type MbgNbdParameters, mbgNbdProbabilityAlive } from './mbg-nbd.ts';
import { ordersPolynomial } from './orders-polynomial.ts';
import {
  type ParetoNbdParameters,
  paretoNbdOrdersOfLiving,
  paretoNbdProbabilityAlive,
} from './pareto-nbd.ts';

/** What scoring asks of a model: the chance to be there, and the orders of one who is. */
export interface Scorer {
  readonly probabilityAlive: (history: CustomerHistory) => number;
  /** For one x: expected orders in the coming `weeks` of a customer of that age, if alive. */
  readonly ordersOfLiving: (frequency: number) => (age: number, weeks: number) => number;
}

/** The scorer of a model with parameters named as in its fit; throws where one is missing. */
export function scorerOf(model: CountModel, parameters: Readonly<Record<string, number>>): Scorer {
  switch (model) {
    case 'bg_nbd':
      return bgNbdScorer(pick(['r', 'alpha', 'a', 'b'], { model, parameters }));
    case 'mbg_nbd':
      return mbgNbdScorer(pick(['r', 'alpha', 'a', 'b'], { model, parameters }));
    case 'pareto_nbd':
      return paretoNbdScorer(pick(['r', 'alpha', 's', 'beta'], { model, parameters }));
    default:
      throw new Error(`Cannot score with ${model}: a model with a scorer is needed`);
  }
}

function bgNbdScorer(parameters: BgNbdParameters): Scorer {
  const { r, alpha, a, b } = parameters;
  return {
    probabilityAlive: (history) => bgNbdProbabilityAlive(parameters, history),
    ordersOfLiving: (frequency) => {
      const orders = ordersPolynomial({ shape: r + frequency, a, b: b + frequency });
      return (age, weeks) => orders(alpha + age, weeks);
    },
  };
}

function mbgNbdScorer(parameters: MbgNbdParameters): Scorer {
  const { r, alpha, a, b } = parameters;
  return {
    probabilityAlive: (history) => mbgNbdProbabilityAlive(parameters, history),
    ordersOfLiving: (frequency) => {
      const orders = ordersPolynomial({ shape: r + frequency, a, b: b + frequency + 1 });
      return (age, weeks) => orders(alpha + age, weeks);
    },
  };
}

function paretoNbdScorer(parameters: ParetoNbdParameters): Scorer {
  return {
    probabilityAlive: (history) => paretoNbdProbabilityAlive(parameters, history),
    ordersOfLiving: (frequency) => (age, weeks) =>
      paretoNbdOrdersOfLiving(parameters, { frequency, age, weeks }),
  };
}

function pick<Name extends string>(
  names: readonly Name[],
  { model, parameters }: { model: CountModel; parameters: Readonly<Record<string, number>> },
): Readonly<Record<Name, number>> {
  const entries = names.map((name) => {
    const value = parameters[name];
    if (value === undefined || !(value > 0)) {
      throw new Error(`Cannot score with ${model}: ${name} must be above 0: found ${value}`);
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}
