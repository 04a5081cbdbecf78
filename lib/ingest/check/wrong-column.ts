import { isAttribute } from '../../feeds/feed.ts';
import { literal, name } from '../../feeds/sql-text.ts';
import type { FileEngine } from '../../ports/file-engine.ts';
import { RefusedFile } from '../refused-file.ts';
import type { Problem } from '../services.ts';
import { countDropped, type DroppedValues } from './others-table.ts';

interface ColumnShare {
  /** The greatest share of a column's filled values that may be dropped. */
  readonly share: number;
  /** Filled values from which it is looked at; one of which none can be read, from a tenth. */
  readonly from: number;
  /** What the refusal tells beside. */
  readonly recordsIn: number;
  readonly problems: readonly Problem[];
}

/** The values dropped of a file's accepted records, by column. */
type ByColumn = Readonly<Record<string, readonly DroppedValues[]>>;

/**
 * Fails with a RefusedFile where so many of a column's values are dropped that it must be the wrong
 * one. Local phone numbers are in the right column: what they lack is a setting.
 */
export async function refuseWrongColumn(
  engine: FileEngine,
  acceptedPaths: readonly string[],
  { share, from, recordsIn, problems }: ColumnShare,
): Promise<readonly DroppedValues[]> {
  const dropped = await countDropped(engine);
  const byColumn = Object.groupBy(dropped, ({ column }) => column) as ByColumn;
  for (const [column, rules] of Object.entries(byColumn)) {
    const unlike = sum(rules.filter(({ rule }) => rule !== 'phone_without_country'));
    const filled = sum(rules) + (await countKept(engine, column, acceptedPaths));
    const isMost = filled >= from && unlike > share * filled;
    const isAll = filled >= from / 10 && unlike === filled;
    if (!isMost && !isAll) continue;
    const reasons = rules.map(({ rule, values }) => `${rule}: ${values}`).join(', ');
    throw new RefusedFile('wrong_column', {
      column,
      recordsIn,
      problems,
      advice: `${unlike} of ${filled} filled values of ${column} cannot be read (${reasons}).`,
    });
  }
  return dropped;
}

async function countKept(
  engine: FileEngine,
  column: string,
  paths: readonly string[],
): Promise<number> {
  if (paths.length === 0) return 0;
  const kept = isAttribute(column)
    ? `count(*) filter (where contains(attributes, ${literal(`${JSON.stringify(column)}:`)}))`
    : `count(${name(column)})`;
  const [row] = await engine.read(
    `select ${kept} as kept from read_parquet([${paths.map(literal).join(', ')}])`,
  );
  return row?.kept as number;
}

function sum(rules: readonly DroppedValues[]): number {
  return rules.reduce((total, { values }) => total + values, 0);
}
