import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { spendSpread } from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { column } from './count-groups.ts';
import { spendDraws } from './spend-draws.ts';

/** How far the sales of a customer's coming orders may lie apart: the rows of `spend_spread`. */
export async function spendSpreadRows(night: Night): Promise<Row[]> {
  const { engine, parameters } = night;
  const draws = await spendDraws(night);
  if (draws.length === 0) return [];
  const frequencies = await engine.read(
    bind(
      `select distinct frequency from purchase_count
       where snapshot_on = :as_of and run_id = :run_id order by frequency`,
      parameters,
    ),
  );
  return [...column(frequencies, 'frequency')].flatMap((frequency) => {
    const spread = spendSpread(frequency, draws);
    if (spread === null) return [];
    const { mean, own, shared } = spread;
    return [
      {
        frequency,
        mean_constant: mean[0],
        mean_linear: mean[1],
        own_constant: own[0],
        own_linear: own[1],
        own_square: own[2],
        shared_constant: shared[0],
        shared_linear: shared[1],
        shared_square: shared[2],
      },
    ];
  });
}
