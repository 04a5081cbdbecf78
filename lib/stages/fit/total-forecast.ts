import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  forecastOfAll,
  type SpendTotals,
  type TotalForecast,
  totalQuantile,
  WEEKS_OF_MONTH,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { championOfNight } from './champion-of-night.ts';
import { column } from './count-groups.ts';
import { MONTHS_OF_HORIZONS } from './horizons.ts';
import { orderDraws } from './order-draws.ts';
import { spendDraws } from './spend-draws.ts';

/** What all customers together will buy, and how surely: the rows of `total_forecast`. */
export async function totalForecastRows(night: Night): Promise<Row[]> {
  const champion = await championOfNight(night);
  if (champion === null) return [];
  const { groups, model } = champion;
  const forecasts = forecastOfAll(groups, {
    model,
    spend: await spendTotals(night),
    orderDraws: orderDraws(champion),
    spendDraws: await spendDraws(night),
    weeksOfHorizons: MONTHS_OF_HORIZONS.map((months) => months * WEEKS_OF_MONTH),
  });
  const countCustomers = groups.count.reduce((sum, count) => sum + count, 0);
  return forecasts.map(({ orders, sales }, horizon) => ({
    horizon_months: MONTHS_OF_HORIZONS[horizon] ?? null,
    count_customers: countCustomers,
    orders: orders.mean,
    orders_p10: Math.round(totalQuantile(orders, 0.1)),
    orders_p90: Math.round(totalQuantile(orders, 0.9)),
    ...salesOf(sales),
  }));
}

function salesOf(sales: TotalForecast | null): Row {
  if (sales === null) return { sales: null, sales_p10: null, sales_p90: null };
  return {
    sales: sales.mean.toFixed(4),
    sales_p10: totalQuantile(sales, 0.1).toFixed(4),
    sales_p90: totalQuantile(sales, 0.9).toFixed(4),
  };
}

/** Exact sums over the customers of each triple, in the order of `purchase_count`. */
async function spendTotals({ engine, parameters }: Night): Promise<SpendTotals> {
  const rows = await engine.read(
    bind(
      `select
         frequency,
         coalesce(sum(repeat_occasion_value), 0) as mean_value,
         coalesce(
           sum(
             case when repeat_occasion_value < 1000000000
               then repeat_occasion_value * repeat_occasion_value else 0 end
           ), 0
         ) as mean_square,
         -- exact squares of larger values are too long to be added up
         coalesce(
           sum(
             cast(
               round(
                 case when repeat_occasion_value < 1000000000 then 0e0
                   else cast(repeat_occasion_value as double)
                     * cast(repeat_occasion_value as double) end, 0
               ) as decimal(38, 4)
             )
           ), 0
         ) as large_mean_square
       from customer_features
       where snapshot_on = :as_of and run_id = :run_id and frequency is not null
       group by frequency, recency_days, age_days
       order by frequency, recency_days, age_days`,
      parameters,
    ),
  );
  const frequency = column(rows, 'frequency');
  const large = column(rows, 'large_mean_square');
  return {
    value: column(rows, 'mean_value').map((sum, i) => (frequency[i] ?? 0) * sum),
    square: column(rows, 'mean_square').map(
      (sum, i) => (frequency[i] ?? 0) ** 2 * (sum + (large[i] ?? 0)),
    ),
  };
}
