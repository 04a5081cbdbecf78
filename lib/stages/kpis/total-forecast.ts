import { inWeeks } from '../../forecast/count-groups.ts';
import { MONTHS_OF_HORIZONS } from '../../forecast/horizons.ts';
import { orderDraws } from '../../forecast/order-draws.ts';
import { readColumns } from '../../forecast/read-columns.ts';
import { spendDraws } from '../../forecast/spend-draws.ts';
import { type StackOfNight, stackOfNight } from '../../forecast/stack-of-night.ts';
import type { Row, Value } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  atHorizon,
  type CountGroups,
  coarsenCounts,
  forecastOfParts,
  orderParameterVariance,
  type PartForecast,
  type Partition,
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

/** A dimension of the table: its members in their order, and the member of each group. */
interface Dimension extends Partition {
  readonly name: string;
  readonly members: readonly string[];
}

/** Customers of one channel, group and history, and what their repeat occasions brought. */
interface Grouped {
  readonly groups: CountGroups;
  readonly totals: SpendTotals;
  readonly dimensions: readonly Dimension[];
}

/** What the customers will buy, all together and by part, and how surely: `total_forecast`. */
export async function totalForecastRows(night: Night): Promise<Row[]> {
  const stack = await stackOfNight(night);
  if (stack.members.length === 0) return [];
  const { groups, totals, dimensions } = await groupedCustomers(night);
  const misses = await pastMisses(night);
  const forecasts = forecastOfParts(groups, {
    members: membersOf(stack, groups),
    spend: await spendOf(night, { stack, groups, totals }),
    totals,
    partitions: dimensions,
    weeksOfHorizons: WEEKS_OF_HORIZONS,
  });
  return dimensions.flatMap(({ name, members, part }, d) => {
    const customers = new Float64Array(members.length);
    part.forEach((j, i) => {
      customers[j] = (customers[j] as number) + (groups.count[i] as number);
    });
    return MONTHS_OF_HORIZONS.flatMap((months, horizon) =>
      members.map((member, j) => ({
        horizon_months: months,
        dimension: name,
        member,
        count_customers: customers[j] as number,
        ...figuresOf(forecasts[d]?.[horizon]?.[j] as PartForecast, {
          misses,
          months,
          isWhole: name === 'total',
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
  { stack, groups, totals }: Pick<Grouped, 'groups' | 'totals'> & { readonly stack: StackOfNight },
) {
  if (stack.spend === null) return null;
  const draws = await spendDraws(night, stack);
  return {
    parameters: stack.spend,
    factor: stack.basketFactor,
    parameterVariance: spendParameterVariance(groups, { totals, draws }),
  };
}

/** Exact sums over the customers of each channel, RFM group, month and triple, in a fixed order. */
async function groupedCustomers({ engine, parameters }: Night): Promise<Grouped> {
  const names = ['channel', 'segment', 'acquisition_month'] as const;
  const places = names.map(() => new Map<string, number>());
  const columns = await readColumns(
    { rows: (select) => withPlaces(engine.rows(select), { names, places }) },
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
           coalesce(sum(case when value < 1000000000 then value * value else 0 end), 0) as square,
           -- exact squares of larger values are too long to be added up
           coalesce(
             sum(
               cast(
                 round(
                   case when value < 1000000000 then 0e0
                     else cast(value as double) * cast(value as double) end, 0
                 ) as decimal(38, 4)
               )
             ), 0
           ) as large_square
         from customer
         group by channel, segment, acquisition_month, frequency, recency_days, age_days
         order by frequency, recency_days, age_days, channel, segment, acquisition_month`,
        parameters,
      ),
      names: [
        ...names,
        'frequency',
        'recency_days',
        'age_days',
        'count_customers',
        'value',
        'square',
        'large_square',
      ],
    },
  );
  const { frequency } = columns;
  const [channels, segments, months] = places.map((of) => [...of.keys()]) as [
    string[],
    string[],
    string[],
  ];
  return {
    groups: {
      frequency,
      recency: inWeeks(columns.recency_days),
      age: inWeeks(columns.age_days),
      count: columns.count_customers,
    },
    totals: {
      value: columns.value.map((sum, i) => (frequency[i] as number) * sum),
      square: columns.square.map(
        (sum, i) => (frequency[i] as number) ** 2 * (sum + (columns.large_square[i] as number)),
      ),
    },
    dimensions: [
      dimension('total', { members: ['all'], places: new Float64Array(frequency.length) }),
      dimension('acquisition_month', {
        members: months.map((month) => month.slice(0, 7)),
        places: columns.acquisition_month,
      }),
      dimension('acquisition_channel', { members: channels, places: columns.channel }),
      dimension('rfm', { members: segments, places: columns.segment }),
    ],
  };
}

/** The rows with each name replaced by its place among those that were met. */
async function* withPlaces<Name extends string>(
  rows: AsyncIterable<Row>,
  {
    names,
    places,
  }: { readonly names: readonly Name[]; readonly places: readonly Map<string, number>[] },
): AsyncGenerator<Row> {
  for await (const row of rows) {
    const placed: Record<string, Value> = { ...row };
    names.forEach((name, n) => {
      const known = places[n] as Map<string, number>;
      const text = String(row[name]);
      const place = known.get(text) ?? known.size;
      known.set(text, place);
      placed[name] = place;
    });
    yield placed;
  }
}

function dimension(
  name: string,
  { members, places }: { readonly members: readonly string[]; readonly places: Float64Array },
): Dimension {
  return { name, members, part: Int32Array.from(places), countParts: members.length };
}
