import type { Fault } from './allow-list.ts';
import { sourcesOf, stepNames } from './sources.ts';
import { tokensOf } from './tokens.ts';

/** What a `.sql` file of the night must look like besides. */
export function fileFaults(sql: string): readonly Fault[] {
  const faults: Fault[] = [];
  if (!/^-- grain: one row a?/.test(sql)) {
    faults.push({ line: 1, says: 'must begin with the comment `-- grain: one row …`' });
  }
  if (!sql.endsWith('\n\nselect * from final\n')) {
    faults.push({
      line: sql.trimEnd().split('\n').length,
      says: 'must end in a line `select * from final` after an empty one',
    });
  }
  return [...faults, ...starFaults(sql)];
}

/** A star may stand for the columns of a step of the same text, never for those of a stored table. */
function starFaults(sql: string): Fault[] {
  const tokens = tokensOf(sql);
  const steps = stepNames(sql);
  const sources = new Map(sourcesOf(sql).map(({ name, alias }) => [alias, name]));
  const faults: Fault[] = [];
  for (const [at, { text, line }] of tokens.entries()) {
    const before = tokens[at - 1]?.text;
    if (text !== '*' || tokens[at - 1]?.kind === 'number') continue;
    if (before === 'select' && tokens[at + 2]?.text !== 'final') {
      faults.push({ line, says: 'select * is for the last line: name the columns' });
    }
    const source = sources.get(tokens[at - 2]?.text ?? '');
    if (before === '.' && source !== undefined && !steps.has(source)) {
      faults.push({ line, says: `${source} is a stored table: name its columns` });
    }
  }
  return faults;
}
