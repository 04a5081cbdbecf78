import type { Completion } from '../../feeds/feed.ts';
import type { RefusedWhen } from '../../feeds/field.ts';
import type { Rule } from '../../feeds/rules.ts';
import { engineType } from './engine-type.ts';
import type { MappedColumn } from './mapped-column.ts';

/** A reason to refuse a record or drop a value; its place in the list of checks is its number in SQL. */
export interface Check {
  readonly column: string;
  readonly rule: Rule;
}

/** Adds a check to the list; its number. */
export type NumberOf = (check: Check) => number;

/** The value, or NULL where it cannot be used and its record is kept; that one is dropped is noted. */
export function keptSql({ effect, kind, names }: MappedColumn): string {
  if (effect === 'record') return names.value;
  const refused = kind.refused.map(({ when }) => `(${when})`);
  if (effect === 'none') {
    if (refused.length === 0) return names.value;
    return `case when ${refused.join(' or ')} then null else ${names.value} end`;
  }
  const unread = kind.unread.length === 0 ? [] : [`(${isUnread(names)})`];
  const bad = [...unread, ...refused];
  if (bad.length === 0) return names.value;
  return `case when ${bad.join(' or ')} then cast(noted(${names.text}) as ${engineType(kind.type)}) else ${names.value} end`;
}

function isUnread(names: MappedColumn['names']): string {
  return `${names.text} is not null and ${names.value} is null`;
}

/** By column that may lose a value: SQL of the check that it fails, NULL where it has lost none. */
export function dropsOf(
  columns: readonly MappedColumn[],
  completed: ReturnType<Completion['sql']>['dropped'],
  numberOf: NumberOf,
): ReadonlyMap<string, string> {
  return new Map(
    columns
      .filter(({ effect }) => effect === 'value')
      .flatMap((mapped) => {
        const { column } = mapped;
        const late = completed
          .filter((rule) => rule.column === column)
          .map(({ when, rule }) => `when ${when} then ${numberOf({ column, rule })}`);
        const branches = [...badValues(mapped, numberOf), ...late];
        return branches.length === 0 ? [] : [[column, `case ${branches.join(' ')} end`]];
      }),
  );
}

export function refusalsOf(mapped: MappedColumn, numberOf: NumberOf): string[] {
  const { column, isRequired, effect, names } = mapped;
  const missing = `when ${effect === 'none' ? names.kept : names.text} is null then`;
  const required = isRequired ? [`${missing} ${numberOf({ column, rule: 'required' })}`] : [];
  return effect === 'record' ? [...required, ...badValues(mapped, numberOf)] : required;
}

function badValues({ column, kind, names }: MappedColumn, numberOf: NumberOf): string[] {
  const branch = ({ when, rule }: RefusedWhen) => `when ${when} then ${numberOf({ column, rule })}`;
  const unread =
    kind.unread.length === 0
      ? []
      : [`when ${isUnread(names)} then case ${kind.unread.map(branch).join(' ')} end`];
  return [...unread, ...kind.refused.map(branch)];
}

/** The word that the advice of a refusal quotes, by the number of its check. */
export function toldOf({ column, kind }: MappedColumn, checks: readonly Check[]): string[] {
  return kind.unread.flatMap(({ rule, told }) => {
    const number = checks.findIndex((check) => check.column === column && check.rule === rule);
    return told === undefined || number === -1
      ? []
      : [`when check_number = ${number} then ${told}`];
  });
}
