import { type CnbdVariant, cnbdPhases, cnbdProbabilityAlive } from '../models/cnbd-k.ts';
import type { CustomerHistory } from '../models/counts.ts';
import type { CountModel } from '../models/fit.ts';
import {
  type ParetoNbdParameters,
  paretoNbdAliveFromShares,
  paretoNbdOrdersOfLiving,
  paretoNbdResidualOfLiving,
  paretoNbdShareGone,
  paretoNbdSquareOfOrdersOfLiving,
} from '../models/pareto-nbd.ts';
import { discountedResidual } from './discounted-residual.ts';
import type { LivingOrders } from './living-orders.ts';
import { ordersMass, probabilityNone } from './orders-mass.ts';
import { ordersPolynomial } from './orders-polynomial.ts';
import { paretoMass } from './pareto-mass.ts';

/** What scoring asks of a model: the chance to be there, and what one who is will do. */
export interface Scorer {
  readonly probabilityAlive: (history: CustomerHistory) => number;
  /** Stages between two occasions: k of the CNBD-k, 1 elsewhere. */
  readonly phases: number;
  /** P(stages passed since the last occasion | alive); [1] where there is one phase. */
  readonly phaseChances: (history: CustomerHistory) => Float64Array;
  readonly ordersOfLiving: (frequency: number, phase: number) => LivingOrders;
  /** P(0), …, P(upTo) orders in the coming `weeks` of a living customer of that history. */
  readonly massOfLiving: (
    history: CustomerHistory,
    horizon: { readonly weeks: number; readonly upTo: number },
  ) => Float64Array;
}

/** The scorer of a model with parameters named as in its fit; throws where one is missing. */
export function scorerOf(model: CountModel, parameters: Readonly<Record<string, number>>): Scorer {
  const source = { model, parameters };
  switch (model) {
    case 'bg_nbd':
      return betaGeometricScorer('bg', { k: 1, ...pick(['r', 'alpha', 'a', 'b'], source) });
    case 'mbg_nbd':
      return betaGeometricScorer('mbg', { k: 1, ...pick(['r', 'alpha', 'a', 'b'], source) });
    case 'bg_cnbd_k':
      return betaGeometricScorer('bg', pick(['k', 'r', 'alpha', 'a', 'b'], source));
    case 'mbg_cnbd_k':
      return betaGeometricScorer('mbg', pick(['k', 'r', 'alpha', 'a', 'b'], source));
    case 'pareto_nbd':
      return paretoNbdScorer(pick(['r', 'alpha', 's', 'beta'], source));
  }
}

const ONE_PHASE = Float64Array.of(1);

function betaGeometricScorer(
  variant: CnbdVariant,
  parameters: { k: number; r: number; alpha: number; a: number; b: number },
): Scorer {
  const { k, r, alpha, a, b } = parameters;
  // A living customer survived every chance to stop: BG has one a repeat, MBG one an occasion.
  const stay = (frequency: number) => b + frequency + (variant === 'mbg' ? 1 : 0);
  const phaseChances = (history: CustomerHistory) =>
    k === 1 ? ONE_PHASE : cnbdPhases(parameters, history);
  return {
    probabilityAlive: ({ frequency, recency, age }) =>
      cnbdProbabilityAlive(parameters, { variant, frequency, recency, age }),
    phases: k,
    phaseChances,
    ordersOfLiving: (frequency, phase) => {
      const shape = r + k * frequency + phase;
      const state = { shape, a, b: stay(frequency), regularity: k, phase };
      const mean = ordersPolynomial(state, { moment: 1 });
      const meanSquare = ordersPolynomial(state, { moment: 2 });
      const residual = discountedResidual(state);
      return {
        mean: (age, weeks) => mean(alpha + age, weeks),
        meanSquare: (age, weeks) => meanSquare(alpha + age, weeks),
        probabilityNone: (age, weeks) => probabilityNone({ ...state, rate: alpha + age }, weeks),
        discountedResidual: (age, perWeek) => residual(alpha + age, perWeek),
      };
    },
    massOfLiving: (history, horizon) => {
      const { frequency, age } = history;
      const mass = new Float64Array(horizon.upTo + 1);
      for (const [phase, chance] of phaseChances(history).entries()) {
        const shape = r + k * frequency + phase;
        const state = { shape, rate: alpha + age, a, b: stay(frequency), regularity: k, phase };
        ordersMass(state, horizon).forEach((p, y) => {
          mass[y]! += chance * p;
        });
      }
      return mass;
    },
  };
}

function paretoNbdScorer(parameters: ParetoNbdParameters): Scorer {
  const { r, alpha, s, beta } = parameters;
  const shares = new Map<number, Map<number, number>>();
  const shareGone = (frequency: number, time: number): number => {
    let ofFrequency = shares.get(frequency);
    if (ofFrequency === undefined) {
      ofFrequency = new Map();
      shares.set(frequency, ofFrequency);
    }
    let share = ofFrequency.get(time);
    if (share === undefined) {
      share = paretoNbdShareGone(parameters, { frequency, time });
      ofFrequency.set(time, share);
    }
    return share;
  };
  return {
    probabilityAlive: (history) =>
      paretoNbdAliveFromShares(parameters, {
        ...history,
        atRecency: shareGone(history.frequency, history.recency),
        atAge: shareGone(history.frequency, history.age),
      }),
    phases: 1,
    phaseChances: () => ONE_PHASE,
    ordersOfLiving: (frequency) => ({
      mean: (age, weeks) => paretoNbdOrdersOfLiving(parameters, { frequency, age, weeks }),
      meanSquare: (age, weeks) =>
        paretoNbdSquareOfOrdersOfLiving(parameters, { frequency, age, weeks }),
      probabilityNone: (age, weeks) => {
        const survives = Math.exp(
          -(r + frequency) * Math.log1p(weeks / (alpha + age)) -
            s * Math.log1p(weeks / (beta + age)),
        );
        const atEnd = paretoNbdShareGone(parameters, { frequency, time: age + weeks });
        return survives + shareGone(frequency, age) - survives * atEnd;
      },
      discountedResidual: (age, perWeek) =>
        paretoNbdResidualOfLiving(parameters, { frequency, age, perWeek }),
    }),
    massOfLiving: ({ frequency, age }, horizon) =>
      paretoMass({ shape: r + frequency, rate: alpha + age, s, scale: beta + age }, horizon),
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
