/** What a text is to Athena, and the statements that make Trino do the same. */
export interface Translated {
  readonly kind: 'select' | 'insert' | 'ddl';
  /** One, or one a partition. */
  readonly statements: readonly string[];
  /** The table of an INSERT. */
  readonly table: string | null;
  /** What Trino says where it was done before, if that is no error. */
  readonly mayBeDone: RegExp | null;
}

const addPartition =
  /^alter\s+table\s+(\w+)\s+add\s+(if\s+not\s+exists\s+)?partition\s*\(([^)]*)\)\s*$/i;
const dropPartitions =
  /^alter\s+table\s+(\w+)\s+drop\s+(if\s+exists\s+)?(partition\s*\([^)]*\)(?:\s*,\s*partition\s*\([^)]*\))*)\s*$/i;

/** Null for a text of which Athena's own dialect is not known here. */
export function translate(text: string, schema: string): Translated | null {
  const sql = text.replace(/^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, '');
  const rest = { statements: [sql], table: null, mayBeDone: null };
  if (/^(select|with)\b/i.test(sql)) return { ...rest, kind: 'select' };
  if (/^create\s+or\s+replace\s+view\b/i.test(sql)) return { ...rest, kind: 'ddl' };
  const into = /^insert\s+into\s+"?(\w+)"?/i.exec(sql)?.[1];
  if (into !== undefined) return { ...rest, kind: 'insert', table: into };
  const [, added, ifNotExists, place] = addPartition.exec(sql) ?? [];
  if (added !== undefined && place !== undefined) {
    return {
      ...rest,
      kind: 'ddl',
      statements: [`call system.register_partition('${schema}', '${added}', ${arraysOf(place)})`],
      mayBeDone: ifNotExists === undefined ? null : /already/,
    };
  }
  const [, dropped, ifExists, places] = dropPartitions.exec(sql) ?? [];
  if (dropped === undefined || places === undefined) return null;
  return {
    ...rest,
    kind: 'ddl',
    statements: places
      .split(/\)\s*,/)
      .map(
        (one) => `call system.unregister_partition('${schema}', '${dropped}', ${arraysOf(one)})`,
      ),
    mayBeDone: ifExists === undefined ? null : /does not exist/,
  };
}

/** `a = 'x', b = 'y'` as `array['a', 'b'], array['x', 'y']`. */
function arraysOf(places: string): string {
  const pairs = [...places.matchAll(/(\w+)\s*=\s*'([^']*)'/g)].map(([, name, value]) => [
    name,
    value,
  ]);
  const array = (place: number) => `array[${pairs.map((pair) => `'${pair[place]}'`).join(', ')}]`;
  return `${array(0)}, ${array(1)}`;
}
