import { literal } from '../../feeds/sql-text.ts';

/** SQL of a record as one JSON object, over its list `fields`. */
export function jsonOfFields(names: readonly string[]): string {
  return `cast(to_json(map([${names.map(literal).join(', ')}], fields)) as varchar)`;
}
