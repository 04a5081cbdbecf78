import type { Row } from '../ports/query-engine.ts';
import { bind } from '../sql/bind.ts';
import type { Night } from '../stages/stage.ts';
import {
  aliveMapOf,
  type CountModel,
  type GammaGammaParameters,
  type MixtureMember,
  PARAMETERS_OF,
  scorerOf,
  type Weights,
  withAlive,
  withAliveMap,
} from '../stats/face.ts';

/** A model of the stack with the parameters that score. */
export interface StackMember extends MixtureMember {
  readonly model: CountModel;
  readonly parameters: Readonly<Record<string, number>>;
}

/** What the figures of customers come from, as `model_fit` holds it. */
export interface StackOfNight {
  readonly members: readonly StackMember[];
  /** Of P(alive) of repeat customers; null where there is none. */
  readonly aliveSlope: number | null;
  /** What an occasion brings; null without a model of spend. */
  readonly spend: GammaGammaParameters | null;
  /** Whether that is Gamma-Gamma as fitted, and no shrunk mean. */
  readonly isSpendFitted: boolean;
  readonly basketFactor: number;
}

/** The stack of the night; without members where no model is published. */
export async function stackOfNight({ engine, parameters }: Night): Promise<StackOfNight> {
  const rows = await engine.read(
    bind(
      `select model, parameter, scoring_estimate, weight, status from model_fit
       where snapshot_on = :as_of and run_id = :run_id and scoring_estimate is not null
       order by model, parameter`,
      parameters,
    ),
  );
  const of = (model: string) => rows.filter((row) => row.model === model);
  const weights = weightsOf(rows);
  const aliveSlope = numberOf(of('alive_map'), 'slope');
  const map = aliveSlope === null ? null : aliveMapOf(aliveSlope);
  const [p, q, gamma] = ['p', 'q', 'gamma'].map((name) => numberOf(of('gamma_gamma'), name));
  return {
    members: [...weights].map(([model, weight]) => {
      const estimates = Object.fromEntries(
        PARAMETERS_OF[model].map((name) => [name, numberOf(of(model), name) ?? Number.NaN]),
      );
      const scorer = withAliveMap(scorerOf(model, estimates), map);
      return { model, parameters: estimates, scorer, ...weight };
    }),
    aliveSlope,
    spend: p == null || q == null || gamma == null ? null : { p, q, gamma },
    isSpendFitted: of('gamma_gamma')[0]?.status === 'converged',
    basketFactor: numberOf(of('basket_drift'), 'factor') ?? 1,
  };
}

/** The weights that rows of `model_fit` hold. */
export function weightsOf(rows: readonly Row[]): Weights {
  return withAlive(
    new Map(
      rows
        .filter(({ weight }) => weight != null && Number(weight) > 0)
        .map(({ model, weight }) => [String(model) as CountModel, Number(weight)]),
    ),
  );
}

function numberOf(rows: readonly Row[], parameter: string): number | null {
  const estimate = rows.find((row) => row.parameter === parameter)?.scoring_estimate;
  return estimate == null ? null : Number(estimate);
}
