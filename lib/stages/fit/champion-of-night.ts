import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { type CountGroups, type CountModel, PARAMETERS_OF } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { countGroups } from './count-groups.ts';

/** The champion with its parameters, and the triples to score. */
export interface ChampionOfNight {
  readonly model: CountModel;
  readonly parameters: Readonly<Record<string, number>>;
  /** Rows of `purchase_count`, and the same in weeks. */
  readonly triples: readonly Row[];
  readonly groups: CountGroups;
}

/** What a scoring step starts from; null where no model is published. */
export async function championOfNight({
  engine,
  parameters,
}: Night): Promise<ChampionOfNight | null> {
  const fitted = await engine.read(
    bind(
      `select model, parameter, estimate from model_fit
       where snapshot_on = :as_of and run_id = :run_id and is_champion`,
      parameters,
    ),
  );
  const model = fitted[0]?.model;
  if (model === undefined) return null;
  const triples = await engine.read(
    bind(
      `select frequency, recency_days, age_days, count_customers from purchase_count
       where snapshot_on = :as_of and run_id = :run_id
       order by frequency, recency_days, age_days`,
      parameters,
    ),
  );
  return {
    model: model as CountModel,
    parameters: Object.fromEntries(
      PARAMETERS_OF[model as CountModel].map((name) => [
        name,
        Number(fitted.find(({ parameter }) => parameter === name)?.estimate),
      ]),
    ),
    triples,
    groups: countGroups(triples),
  };
}

/** The key of a triple, as it stands in its row. */
export function tripleOf({ frequency, recency_days, age_days }: Row): Row {
  return {
    frequency: frequency ?? null,
    recency_days: recency_days ?? null,
    age_days: age_days ?? null,
  };
}
