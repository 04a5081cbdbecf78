import type { Config } from '../config.ts';
import type { Parameter, Parameters } from '../sql/bind.ts';
import { nicknames } from '../stages/identity/nicknames.ts';
import { placeholders } from '../stages/identity/placeholders.ts';
import { minorUnits } from './minor-units.ts';
import type { NightRecord } from './record.ts';

/** Numbers that the texts of the night rest on, by the name they have there. */
const choices = {
  /** Customers of a base group, else it is merged upwards: rates of fewer are mostly chance. */
  least_group_customers: 100,
  /** Older customers whose mean tells what younger ones will bring: a mean of fewer says little. */
  least_cohort_customers: 30,
  /** Days after which a relationship is old enough to tell how long they last. */
  mature_after_days: 365,
  /** Occasions of the base group's mean value that are added to the customer's own contribution rate. */
  shrinkage_occasions: 5,
  /** A relationship counts as no shorter: orders a year of a customer of yesterday mean nothing. */
  least_relationship_months: 1,
  /** Days between occasions from which regularity is told: a variance of two says little. */
  least_intervals: 3,
  /** Names of a shared identifier that are compared, the most frequent: each of the others is a name. */
  most_compared_names: 50,
} as const;

/** What the texts of the night may name, from the run, the pointer and the configuration alone. */
export function nightParameters({ run, pointer, config, sent }: NightRecord): Parameters {
  const previous = pointer?.current ?? { snapshotOn: run.snapshotOn, runId: 'none' };
  return {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: textParameter(run.runId),
    previous_snapshot_on: { type: 'date', value: previous.snapshotOn },
    previous_run_id: textParameter(previous.runId),
    destinations: { type: 'rows', width: 1, value: config.destinations.map((name) => [name]) },
    audience_sent: {
      type: 'rows',
      width: 3,
      value: sent.map(({ destination, audience, runId }) => [destination, audience, runId]),
    },
    sent_run_ids: { type: 'texts', value: [...new Set(sent.map(({ runId }) => runId))].sort() },
    placeholders: {
      type: 'rows',
      width: 1,
      value: [...placeholders, ...config.placeholders].map((text) => [text]),
    },
    nicknames: {
      type: 'rows',
      width: 2,
      value: nicknames.flatMap((names, person) => names.map((name) => [String(person), name])),
    },
    time_zone: textParameter(config.time_zone),
    currency: textParameter(config.currency ?? ''),
    minor_units: { type: 'rows', width: 2, value: minorUnits },
    order_numbers: { type: 'rows', width: 2, value: chosenNumbers(config.sources) },
    history_from: textParameter(config.history_from ?? ''),
    margin_rate: { type: 'decimal', value: config.margin_rate ?? null },
    discount_rate: { type: 'decimal', value: config.discount_rate },
    ...Object.fromEntries(
      Object.entries(choices).map(([name, value]) => [name, { type: 'count', value } as const]),
    ),
    discounted_years_12m: { type: 'decimal', value: discountedYears(12, config.discount_rate) },
    discounted_years_24m: { type: 'decimal', value: discountedYears(24, config.discount_rate) },
    discounted_years_36m: { type: 'decimal', value: discountedYears(36, config.discount_rate) },
  };
}

function chosenNumbers(sources: Config['sources']): string[][] {
  return Object.entries(sources).flatMap(([source, { order_numbers }]) =>
    order_numbers === undefined ? [] : [[source, order_numbers]],
  );
}

export function textParameter(value: string): Parameter {
  return { type: 'text', value };
}

/** Σ over the months of (1+d)^−((m−0.5)/12) / 12: years of a level income, discounted mid-month. */
function discountedYears(months: number, annualDiscountRate: number): number {
  let sum = 0;
  for (let month = 1; month <= months; month += 1) {
    sum += (1 + annualDiscountRate) ** (-(month - 0.5) / 12) / 12;
  }
  return sum;
}
