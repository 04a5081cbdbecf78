import { spendDraws } from '../../forecast/spend-draws.ts';
import { stackOfNight } from '../../forecast/stack-of-night.ts';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import { spendSpread } from '../../stats/face.ts';
import type { Night } from '../stage.ts';

/** How far the sales of a customer's coming orders may lie apart: the rows of `spend_spread`. */
export async function spendSpreadRows(night: Night): Promise<Row[]> {
  const stack = await stackOfNight(night);
  const draws = await spendDraws(night, stack);
  if (draws.length === 0) return [];
  const frequencies = await night.engine.read(
    bind(
      `select distinct frequency from purchase_count
       where snapshot_on = :as_of and run_id = :run_id order by frequency`,
      night.parameters,
    ),
  );
  // an occasion brings so much more than it did: moments of sales, the second with its square
  const factor = stack.basketFactor;
  return frequencies.flatMap(({ frequency }) => {
    const spread = spendSpread(Number(frequency), draws);
    if (spread === null) return [];
    const { mean, own, shared } = spread;
    return [
      {
        frequency: Number(frequency),
        mean_constant: factor * mean[0],
        mean_linear: factor * mean[1],
        own_constant: factor * factor * own[0],
        own_linear: factor * factor * own[1],
        own_square: factor * factor * own[2],
        shared_constant: factor * factor * shared[0],
        shared_linear: factor * factor * shared[1],
        shared_square: factor * factor * shared[2],
      },
    ];
  });
}
