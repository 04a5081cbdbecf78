import { inWeeks } from '../../forecast/count-groups.ts';
import { MONTHS_OF_HORIZONS } from '../../forecast/horizons.ts';
import { orderDraws } from '../../forecast/order-draws.ts';
import { readColumns } from '../../forecast/read-columns.ts';
import { spendDraws } from '../../forecast/spend-draws.ts';
import { type StackOfNight, stackOfNight } from '../../forecast/stack-of-night.ts';
import type { Row } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  atHorizon,
  type CountGroups,
  coarsenCounts,
  forecastOfParts,
  orderParameterVariance,
  type PartForecast,
  type SpendTotals,
  spendParameterVariance,
  type TotalMember,
  WEEKS_OF_MONTH,
  widenedQuantile,
} from '../../stats/face.ts';
import type { Night } from '../stage.ts';
import { type PastMisses, pastMisses } from './past-misses.ts';

const WEEKS_OF_HORIZONS = MONTHS_OF_HORIZONS.map((months) => months * WEEKS_OF_MONTH);
/** What parameters do to a total is a ratio of totals: few groups tell it. */
const GROUPS_FOR_VARIANCE = 2000;

/** Customers of one channel, segment and history, and what their repeat occasions brought. */
interface Grouped {
  readonly groups: CountGroups;
  readonly totals: SpendTotals;
  /** Members of each dimension by group. */
  readonly dimensions: ReadonlyMap<string, readonly string[]>;
}

/** What the customers will buy, all together and by part, and how surely: `total_forecast`. */
export async function totalForecastRows(night: Night): Promise<Row[]> {
  const stack = await stackOfNight(night);
  if (stack.members.length === 0) return [];
  const grouped = await groupedCustomers(night);
  const misses = await pastMisses(night);
  const members = membersOf(stack, grouped.groups);
  const spend = await spendOf(night, { stack, grouped });
  return [...grouped.dimensions].flatMap(([dimension, names]) => {
    const distinct = [...new Set(names)].sort();
    const place = new Map(distinct.map((name, j) => [name, j]));
    const part = Int32Array.from(names, (name) => place.get(name) as number);
    const customers = new Float64Array(distinct.length);
    part.forEach((j, i) => {
      customers[j] = (customers[j] as number) + (grouped.groups.count[i] as number);
    });
    const forecasts = forecastOfParts(grouped.groups, {
      members,
      spend,
      totals: grouped.totals,
      part,
      countParts: distinct.length,
      weeksOfHorizons: WEEKS_OF_HORIZONS,
    });
    return MONTHS_OF_HORIZONS.flatMap((months, horizon) =>
      distinct.map((member, j) => ({
        horizon_months: months,
        dimension,
        member,
        count_customers: customers[j] as number,
        ...figuresOf(forecasts[horizon]?.[j] as PartForecast, {
          misses,
          months,
          isWhole: dimension === 'total',
        }),
      })),
    );
  });
}

function figuresOf(
  { orders, sales }: PartForecast,
  {
    misses,
    months,
    isWhole,
  }: { readonly misses: PastMisses; readonly months: number; readonly isWhole: boolean },
): Row {
  const horizons = (months * WEEKS_OF_MONTH * 7) / misses.horizonDays;
  const ofOrders = atHorizon(isWhole ? misses.orders : misses.ordersOfParts, horizons);
  const ofSales = atHorizon(isWhole ? misses.sales : misses.salesOfParts, horizons);
  const at = (level: number, variance: number) => ({ level, variance });
  return {
    orders: orders.mean,
    orders_p10: Math.round(widenedQuantile(orders, at(0.1, ofOrders))),
    orders_p90: Math.round(widenedQuantile(orders, at(0.9, ofOrders))),
    orders_miss: Math.sqrt(ofOrders),
    sales: sales?.mean.toFixed(4) ?? null,
    sales_p10: sales === null ? null : widenedQuantile(sales, at(0.1, ofSales)).toFixed(4),
    sales_p90: sales === null ? null : widenedQuantile(sales, at(0.9, ofSales)).toFixed(4),
    sales_miss: Math.sqrt(ofSales),
    count_cuts: misses.countCuts,
    is_extrapolated: months * WEEKS_OF_MONTH * 7 > misses.historyDays,
  };
}

function membersOf({ members }: StackOfNight, groups: CountGroups): TotalMember[] {
  const coarse = coarsenCounts(groups, GROUPS_FOR_VARIANCE);
  return members.map((member) => ({
    scorer: member.scorer,
    orders: member.orders,
    parameterVariance: orderParameterVariance(coarse, {
      model: member.model,
      draws: orderDraws(member, groups),
      weeksOfHorizons: WEEKS_OF_HORIZONS,
    }),
  }));
}

async function spendOf(
  night: Night,
  { stack, grouped }: { readonly stack: StackOfNight; readonly grouped: Grouped },
) {
  if (stack.spend === null) return null;
  const draws = await spendDraws(night, stack);
  return {
    parameters: stack.spend,
    factor: stack.basketFactor,
    parameterVariance: spendParameterVariance(grouped.groups, { totals: grouped.totals, draws }),
  };
}

/** Exact sums over the customers of each channel, segment and triple, in a fixed order. */
async function groupedCustomers({ engine, parameters }: Night): Promise<Grouped> {
  const names: { readonly channel: string; readonly segment: string; readonly month: string }[] =
    [];
  const columns = await readColumns(
    {
      rows: async function* (select) {
        for await (const row of engine.rows(select)) {
          names.push({
            channel: String(row.channel),
            segment: String(row.segment),
            month: String(row.acquisition_month).slice(0, 7),
          });
          yield row;
        }
      },
    },
    {
      select: bind(
        `with customer as (
           select f.customer_key, f.frequency, f.recency_days, f.age_days,
             f.repeat_occasion_value as value,
             coalesce(f.acquisition_channel, 'none') as channel,
             coalesce(m.segment, 'none') as segment,
             cast(date_trunc('month', f.first_occasion_on) as date) as acquisition_month
           from customer_features f
           left join segment_member m
             on m.snapshot_on = :as_of and m.run_id = :run_id and m.scheme = 'rfm'
               and m.customer_key = f.customer_key
           where f.snapshot_on = :as_of and f.run_id = :run_id and f.frequency is not null
         )
         select channel, segment, acquisition_month, frequency, recency_days, age_days,
           count(*) as count_customers,
           coalesce(sum(value), 0) as value,
           coalesce(sum(cast(value as decimal(38, 4)) * value), 0) as square
         from customer
         group by channel, segment, acquisition_month, frequency, recency_days, age_days
         order by frequency, recency_days, age_days, channel, segment, acquisition_month`,
        parameters,
      ),
      names: ['frequency', 'recency_days', 'age_days', 'count_customers', 'value', 'square'],
    },
  );
  const { frequency } = columns;
  return {
    groups: {
      frequency,
      recency: inWeeks(columns.recency_days),
      age: inWeeks(columns.age_days),
      count: columns.count_customers,
    },
    totals: {
      value: columns.value.map((sum, i) => (frequency[i] as number) * sum),
      square: columns.square.map((sum, i) => (frequency[i] as number) ** 2 * sum),
    },
    dimensions: new Map([
      ['total', names.map(() => 'all')],
      ['acquisition_month', names.map(({ month }) => month)],
      ['acquisition_channel', names.map(({ channel }) => channel)],
      ['rfm', names.map(({ segment }) => segment)],
    ]),
  };
}
