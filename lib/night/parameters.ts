import type { Parameter, Parameters } from '../sql/bind.ts';
import type { NightRecord } from './record.ts';

/** What the texts of the night may name, from the run, the pointer and the configuration alone. */
export function nightParameters({ run, pointer, config }: NightRecord): Parameters {
  const previous = pointer?.current ?? { snapshotOn: run.snapshotOn, runId: 'none' };
  return {
    as_of: { type: 'date', value: run.snapshotOn },
    run_id: textParameter(run.runId),
    previous_snapshot_on: { type: 'date', value: previous.snapshotOn },
    previous_run_id: textParameter(previous.runId),
    time_zone: textParameter(config.time_zone),
    currency: textParameter(config.currency ?? ''),
    margin_rate: { type: 'decimal', value: config.margin_rate },
    discount_rate: { type: 'decimal', value: config.discount_rate },
    discounted_years_12m: { type: 'decimal', value: discountedYears(12, config.discount_rate) },
    discounted_years_24m: { type: 'decimal', value: discountedYears(24, config.discount_rate) },
    discounted_years_36m: { type: 'decimal', value: discountedYears(36, config.discount_rate) },
  };
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
