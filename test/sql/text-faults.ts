import { dialectFaults, type Fault } from './allow-list.ts';
import { fileFaults } from './file-form.ts';
import { runFaults } from './run-form.ts';

/** Divisions whose divisor is never 0 for a reason that the text does not show. */
export const provedDivisions: readonly (readonly [file: string, line: string])[] = [
  // the smallest value of either branch is above 0
  ['value/customer_rate.sql', '/ (case when f.age_years < f.least_years then f.least_years'],
  // p > 0, gamma > 0 and q > 1 where the branch is taken
  ['value/customer_rate.sql', '/ (p * cast(frequency as double) + q - 1e0)'],
  ['value/customer_rate.sql', '/ (q - 1e0)'],
];

function isProved(file: string, sql: string, { line, says }: Fault): boolean {
  const text = sql.split('\n')[line - 1] ?? '';
  return (
    says.startsWith('x / 0') &&
    provedDivisions.some(([of, part]) => of === file && text.includes(part))
  );
}

/** Why a text of the night, a file below `lib/stages`, must not be as it is. */
export function textFaults(file: string, sql: string): Fault[] {
  return [...dialectFaults(sql), ...fileFaults(sql), ...runFaults(sql)].filter(
    (fault) => !isProved(file, sql, fault),
  );
}
