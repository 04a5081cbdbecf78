import { tokensOf } from './tokens.ts';

/** The names of the steps that stand in `with`. */
export function stepNames(sql: string): ReadonlySet<string> {
  const tokens = tokensOf(sql);
  return new Set(
    tokens
      .filter((token, at) => {
        const before = tokens[at - 1]?.text;
        return (
          token.kind === 'word' &&
          (before === 'with' || before === ',') &&
          tokens[at + 1]?.text === 'as' &&
          tokens[at + 2]?.text === '('
        );
      })
      .map(({ text }) => text),
  );
}

/** What stands behind each `from` and `join`, and the name it goes by. */
export function sourcesOf(sql: string): { name: string; alias: string }[] {
  const tokens = tokensOf(sql);
  return tokens.flatMap((token, at) => {
    const name = tokens[at + 1];
    // `is distinct from x` names no table.
    const isSource =
      (token.text === 'from' && tokens[at - 1]?.text !== 'distinct') || token.text === 'join';
    if (!isSource || name?.kind !== 'word') return [];
    const next = tokens[at + 2]?.text === 'as' ? tokens[at + 3] : tokens[at + 2];
    const isAlias = next?.kind === 'word' && !clauses.has(next.text);
    return [{ name: name.text, alias: isAlias ? next.text : name.text }];
  });
}

const clauses: ReadonlySet<string> = new Set([
  ...['on', 'where', 'group', 'order', 'join', 'left', 'right', 'full', 'inner', 'cross', 'union'],
  ...['having', 'except', 'intersect', 'using', 'window'],
]);
