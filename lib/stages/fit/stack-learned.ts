import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  basketFactor,
  type CountModel,
  meanSlope,
  stackWeights,
  type Weights,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';

/** What the night's cuts teach, read from `model_quality`. */
export interface StackLearned {
  readonly weights: Weights;
  readonly countCuts: number;
  /** Of P(alive) of repeat customers; null where no cut teaches one. */
  readonly aliveSlope: number | null;
  readonly basketFactor: number;
}

/** Weights of the models that are usable tonight, the map of P(alive), the drift of the basket. */
export async function stackLearned(
  { engine, parameters }: Night,
  usable: ReadonlySet<CountModel>,
): Promise<StackLearned> {
  const quality = await engine.read(
    bind(
      `select cut_on, model, rmse, alive_slope, basket_drift, basket_drift_error
       from model_quality
       where snapshot_on = :as_of and run_id = :run_id order by cut_on, model`,
      parameters,
    ),
  );
  const cuts = [...Map.groupBy(quality, ({ cut_on }) => cut_on).values()];
  const stacks = quality.filter(({ model }) => model === 'stack');
  return {
    weights: stackWeights(cuts.map(errorsOf), usable),
    countCuts: cuts.length,
    aliveSlope: meanSlope(
      stacks.filter((row) => row.alive_slope != null).map((row) => Number(row.alive_slope)),
    ),
    basketFactor: basketFactor(
      stacks
        .filter((row) => row.basket_drift != null)
        .map((row) => ({
          drift: Number(row.basket_drift),
          standardError: Number(row.basket_drift_error),
        })),
    ),
  };
}

/** Errors of the models at a cut; baselines and the stack are no candidates and stay unused. */
function errorsOf(rows: readonly Row[]): ReadonlyMap<CountModel, number> {
  const candidates: ReadonlySet<unknown> = new Set<CountModel>([
    'mbg_nbd',
    'pareto_nbd',
    'mbg_cnbd_k',
    'bg_nbd',
    'bg_cnbd_k',
  ]);
  return new Map(
    rows
      .filter(({ model, rmse }) => candidates.has(model) && rmse != null)
      .map(({ model, rmse }) => [model as CountModel, Number(rmse)]),
  );
}
