import { FAR, maximiseLikelihood, type NamedLimit } from '../optimise/maximise-likelihood.ts';
import { exponentialIntegral } from '../special/exponential-integral.ts';
import { gaussLegendre } from '../special/gauss-legendre.ts';
import type { CountGroups, CustomerHistory } from './counts.ts';
import type { Fit } from './fit.ts';
import { type ParetoHazard, paretoHazard } from './pareto-hazard.ts';
import { paretoLogLikelihood } from './pareto-likelihood.ts';
import { likelihoodsOf, prepareFit } from './prepare-fit.ts';

/**
 * Pareto/NBD: Schmittlein, Morrison & Colombo (1987), Management Science 33(1); Fader & Hardie
 * (2005), "A Note on Deriving the Pareto/NBD Model and Related Expressions". Purchases at rate
 * λ ~ Gamma(r, α in weeks); the customer dies at rate μ ~ Gamma(s, β in weeks), at any time.
 */
export interface ParetoNbdParameters {
  readonly r: number;
  readonly alpha: number;
  readonly s: number;
  readonly beta: number;
}

/** Maximum likelihood; parameters r, alpha (weeks), s, beta (weeks). Never throws for bad data. */
export function fitParetoNbd(groups: CountGroups): Fit {
  const model = 'pareto_nbd';
  const ready = prepareFit(model, groups);
  if (ready.failed !== null) return ready.failed;
  const { countCustomers, countRepeatOrders, meanAge } = ready.prepared.all;
  const meanInterval = (countCustomers * meanAge) / countRepeatOrders;
  return maximiseLikelihood({
    model,
    names: ['r', 'alpha', 's', 'beta'],
    ...likelihoodsOf(ready.prepared, paretoLogLikelihood),
    countCustomers,
    starts: [
      [0.6, 0.5 * meanInterval, 0.6, 0.4 * meanAge],
      [1.5, 1.5 * meanInterval, 1.5, 6 * meanAge],
      [0.2, 0.1 * meanInterval, 0.3, 0.05 * meanAge],
    ],
    scale: [1, meanInterval, 1, meanAge],
    nameLimit: ([r, alpha, s, beta]) =>
      nameLimit({
        r: r!,
        alphaInIntervals: alpha! / meanInterval,
        s: s!,
        betaInAges: beta! / meanAge,
      }),
  });
}

/** G of `paretoHazard`: the costly part of P(alive), a function of x and one time. */
export function paretoNbdShareGone(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { frequency, time }: { readonly frequency: number; readonly time: number },
): number {
  const hazard: ParetoHazard = { value: 0, byR: 0, byAlpha: 0, byS: 0, byBeta: 0 };
  paretoHazard([r, alpha, s, beta], { frequency, time }, hazard);
  return hazard.value;
}

/**
 * P(alive | x, t_x, T), their equation (36): 1 / (1 − G(T) + G(t_x) e^d),
 * d = (r+x) ln((α+T)/(α+t_x)) + s ln((β+T)/(β+t_x)).
 */
export function paretoNbdAliveFromShares(
  { r, alpha, s, beta }: ParetoNbdParameters,
  {
    frequency,
    recency,
    age,
    atRecency,
    atAge,
  }: CustomerHistory & { readonly atRecency: number; readonly atAge: number },
): number {
  const silence =
    (r + frequency) * Math.log((alpha + age) / (alpha + recency)) +
    s * Math.log((beta + age) / (beta + recency));
  return 1 / (1 - atAge + atRecency * Math.exp(silence));
}

/** Expected orders in the coming weeks of a customer known to be alive at T: their equation (41). */
export function paretoNbdOrdersOfLiving(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { frequency, age, weeks }: { frequency: number; age: number; weeks: number },
): number {
  return ((r + frequency) / (alpha + age)) * weeksAlive({ s, scale: beta + age, weeks });
}

/** Expected square of them: given λ and u weeks lived they are Poisson, E[λ] E[u] + E[λ²] E[u²]. */
export function paretoNbdSquareOfOrdersOfLiving(
  parameters: ParetoNbdParameters,
  { frequency, age, weeks }: { frequency: number; age: number; weeks: number },
): number {
  const { r, alpha, s, beta } = parameters;
  const shape = r + frequency;
  return (
    paretoNbdOrdersOfLiving(parameters, { frequency, age, weeks }) +
    ((shape * (shape + 1)) / (alpha + age) ** 2) *
      squareOfWeeksAlive({ s, scale: beta + age, weeks })
  );
}

/** E[X(weeks)]: repeat orders of a new customer, their equation (27). */
export function paretoNbdExpectedOrdersOfNew(
  { r, alpha, s, beta }: ParetoNbdParameters,
  weeks: number,
): number {
  return (r / alpha) * weeksAlive({ s, scale: beta, weeks });
}

/**
 * Discounted expected residual transactions of a customer known to be alive at T, all the future at
 * a continuous rate of `perWeek`: Fader, Hardie & Lee (2005), "RFM and CLV". A year's rate d is
 * perWeek = ln(1+d) · 7/365.25.
 */
export function paretoNbdResidualOfLiving(
  { r, alpha, s, beta }: ParetoNbdParameters,
  { frequency, age, perWeek }: { frequency: number; age: number; perWeek: number },
): number {
  // ∫ (scale/(scale+u))^s e^{−δu} du = scale · e^w E_s(w), w = δ · scale
  const scale = beta + age;
  return ((r + frequency) / (alpha + age)) * scale * exponentialIntegral(s, perWeek * scale);
}

/**
 * Expected weeks lived of the next `weeks`: ∫ (scale/(scale+u))^s du
 * = scale/(s−1) · [1 − (scale/(scale+weeks))^{s−1}], and scale · ln(1 + weeks/scale) at s = 1.
 */
function weeksAlive({ s, scale, weeks }: { s: number; scale: number; weeks: number }): number {
  const growth = Math.log1p(weeks / scale);
  const exponent = (s - 1) * growth;
  const share = exponent === 0 ? 1 : -Math.expm1(-exponent) / exponent;
  return scale * growth * share;
}

const { nodes, weights } = gaussLegendre(64);

/**
 * Expected square of the weeks lived of the next `weeks`: ∫ 2u (scale/(scale+u))^s du
 * = 2 scale² v ∫_0^1 e^{zx} (e^{vx} − 1) dx, v = ln(1 + weeks/scale), z = (1−s) v: by Gauss-Legendre
 * where the closed form (e^{z+v} − 1)/(z+v) − (e^z − 1)/z would cancel.
 */
function squareOfWeeksAlive({ s, scale, weeks }: { s: number; scale: number; weeks: number }) {
  const v = Math.log1p(weeks / scale);
  const z = (1 - s) * v;
  let integral = 0;
  if (Math.abs(z) + v < 40) {
    for (let i = 0; i < nodes.length; i++) {
      const x = (nodes[i]! + 1) / 2;
      integral += (weights[i]! / 2) * Math.exp(z * x) * Math.expm1(v * x);
    }
  } else {
    integral = Math.expm1(z + v) / (z + v) - Math.expm1(z) / z;
  }
  return 2 * scale * scale * v * integral;
}

function nameLimit({
  r,
  alphaInIntervals,
  s,
  betaInAges,
}: {
  r: number;
  alphaInIntervals: number;
  s: number;
  betaInAges: number;
}): NamedLimit | null {
  if (s / betaInAges < 1 / FAR || s < 1 / FAR) {
    return {
      status: 'no_dropout_seen',
      note: { code: 'dying_rate_zero' },
    };
  }
  if (s > FAR && betaInAges < 1) {
    return {
      status: 'everyone_lost',
      note: { code: 'dying_rate_infinite' },
    };
  }
  if (r > FAR || alphaInIntervals > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_buying_rate' },
    };
  }
  if (s > FAR || betaInAges > FAR) {
    return {
      status: 'no_heterogeneity',
      note: { code: 'same_dying_rate' },
    };
  }
  return null;
}
