import type { QueryEngine, Run } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import {
  COUNT_MODELS,
  type CountModel,
  expectedCumulativeOrders,
  fitCountModel,
  isUsableFit,
  weekEnds,
} from '../../stats/face.ts';
import { column, countGroups, intervalCounts } from './count-groups.ts';
import { dayAfter } from './day-after.ts';

/** Repeat occasions, week by week, of the customers known at a cut: before it and after it. */
export interface Tracking {
  /** Last day that the models knew, `YYYY-MM-DD`. */
  readonly cutOn: string;
  readonly countCustomers: number;
  readonly weeks: readonly {
    /** Last day of the week. */
    readonly endsOn: string;
    readonly isHoldout: boolean;
    /** Up to its end. */
    readonly actual: number;
  }[];
  /** What each model with a usable fit at the cut expects up to the end of each week. */
  readonly forecasts: readonly {
    readonly model: CountModel;
    readonly expected: readonly number[];
  }[];
}

/** What the newest cut of a published night comes to, week by week; null where there is none. */
export async function readTracking(engine: QueryEngine, run: Run): Promise<Tracking | null> {
  const ofRun = {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: { type: 'text', value: run.runId },
  } as const;
  const [cut] = await engine.read(
    bind(
      `select max(cut_on) as cut_on, max(horizon_days) as horizon_days from back_test_cut
       where snapshot_on = :as_of and run_id = :run_id having count(*) > 0`,
      ofRun,
    ),
  );
  if (cut === undefined) return null;
  const ofCut = {
    ...ofRun,
    cut_on: { type: 'date', value: String(cut.cut_on) },
    horizon_days: { type: 'count', value: Number(cut.horizon_days) },
  } as const;
  const counts = await engine.read(
    bind(
      `select frequency, recency_days, age_days, sum(count_customers) as count_customers
       from back_test_count
       where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
       group by frequency, recency_days, age_days order by frequency, recency_days, age_days`,
      ofCut,
    ),
  );
  const intervals = await engine.read(
    bind(
      `select interval_days, count_intervals from interval_count
       where snapshot_on = :as_of and run_id = :run_id and cut_on = :cut_on
       order by interval_days`,
      ofCut,
    ),
  );
  const repeats = await engine.read(
    bind(
      `with occasion as (
         select distinct customer_key, ordered_on from order_line
         where snapshot_on = :as_of and run_id = :run_id
           and customer_key is not null and is_sale
       ), acquired as (
         select customer_key, min(ordered_on) as first_on from occasion group by customer_key
       )
       select date_diff('day', :cut_on, o.ordered_on) as day, count(*) as repeats
       from occasion o join acquired a on a.customer_key = o.customer_key
       where a.first_on <= :cut_on and o.ordered_on > a.first_on
         and date_diff('day', :cut_on, o.ordered_on) <= :horizon_days
       group by date_diff('day', :cut_on, o.ordered_on) order by day`,
      ofCut,
    ),
  );

  const groups = countGroups(counts);
  const acquired = { day: column(counts, 'age_days').map((days) => -days), count: groups.count };
  const endDays = weekEnds({
    firstDay: acquired.day.reduce((first, day) => Math.min(first, day), 0),
    lastDay: Number(cut.horizon_days),
  });
  const known = { groups, intervals: intervalCounts(intervals) };
  return {
    cutOn: String(cut.cut_on),
    countCustomers: groups.count.reduce((sum, n) => sum + n, 0),
    weeks: endDays.map((end) => ({
      endsOn: dayAfter(String(cut.cut_on), end),
      isHoldout: end > 0,
      actual: repeats.reduce(
        (sum, row) => (Number(row.day) <= end ? sum + Number(row.repeats) : sum),
        0,
      ),
    })),
    forecasts: COUNT_MODELS.flatMap((model) => {
      const fit = fitCountModel(model, known);
      if (!isUsableFit(fit)) return [];
      const { parameters } = fit;
      return [
        { model, expected: expectedCumulativeOrders(acquired, { model, parameters, endDays }) },
      ];
    }),
  };
}
