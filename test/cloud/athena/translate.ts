/** What a text is to Athena, and the statement that makes Trino do the same. */
export interface Translated {
  readonly kind: 'select' | 'insert' | 'ddl';
  readonly sql: string;
  /** The table of an INSERT. */
  readonly table: string | null;
  /** Doing it again is no error. */
  readonly mayBeDone: boolean;
}

const addPartition =
  /^alter\s+table\s+(\w+)\s+add\s+(if\s+not\s+exists\s+)?partition\s*\(([^)]*)\)\s*$/i;

/** Null for a text of which Athena's own dialect is not known here. */
export function translate(text: string, schema: string): Translated | null {
  const sql = text.replace(/^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/)*/, '');
  const rest = { sql, table: null, mayBeDone: false };
  if (/^(select|with)\b/i.test(sql)) return { ...rest, kind: 'select' };
  if (/^create\s+or\s+replace\s+view\b/i.test(sql)) return { ...rest, kind: 'ddl' };
  const into = /^insert\s+into\s+"?(\w+)"?/i.exec(sql)?.[1];
  if (into !== undefined) return { ...rest, kind: 'insert', table: into };
  const [, table, ifNotExists, places] = addPartition.exec(sql) ?? [];
  if (table === undefined || places === undefined) return null;
  return {
    kind: 'ddl',
    sql: `call system.register_partition('${schema}', '${table}', ${arraysOf(places)})`,
    table: null,
    mayBeDone: ifNotExists !== undefined,
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
