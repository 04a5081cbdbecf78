import type { Row } from '../../../lib/ports/query-engine.ts';

/** The last three months of 2025 and its year, as rows of `calendar`. */
export const quarter: readonly Row[] = [
  period('month', '2025-10-01', '2025-10-31', 24309),
  period('month', '2025-11-01', '2025-11-30', 24310),
  period('month', '2025-12-01', '2025-12-31', 24311),
  period('year', '2025-01-01', '2025-12-31', 2025),
];

function period(name: string, start: string, end: string, number: number): Row {
  return {
    period: name,
    period_start_on: start,
    counts_from_on: start,
    period_end_on: end,
    period_number: number,
    is_complete: true,
  };
}
