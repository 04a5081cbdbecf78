import { allTables } from '../../lib/tables/all.ts';
import type { Fault } from './allow-list.ts';
import { SqlText } from './sql-text.ts';
import { tokensOf } from './tokens.ts';

const runTables = new Set(
  allTables.filter(({ storage }) => storage.kind === 'run').map(({ name }) => name),
);

/** Of this night, of a round of it, of the night before, or of the runs that were sent. */
const ofOneRun =
  /^(\w+ )?where (snapshot_on = :as_of and run_id = :(round_)?run_id|snapshot_on = :previous_snapshot_on and run_id = :previous_run_id|run_id in \( :sent_run_ids \))( and (?<conditions>.*))?$/;

/** What of the night's inputs a text may read: parts, of one feed or all, or one setting. */
const ofInputs =
  /^kind = (?:'part'(?: and feed = '(?<feed>orders|customers|products)')?|'setting' and name = '(?:currency|history_from|time_zone)')$/;

/**
 * Rows of another run must never count: every read of a table of runs is a step that begins with its
 * run, and no `or` loosens it. Of accepted rows those count that a part of the night's holds.
 */
export function runFaults(sql: string): Fault[] {
  const faults: Fault[] = [];
  const text = new SqlText(tokensOf(sql));
  const fed = new Set<string>();
  const read: { readonly feed: string; readonly line: number }[] = [];
  for (const [at, { text: name, line }] of text.tokens.entries()) {
    const before = text.word(at - 1);
    if (before !== 'from' && before !== 'join') continue;
    const accepted = /^accepted_(\w+)$/.exec(name)?.[1];
    if (accepted !== undefined) {
      const alias = text.word(at + 1);
      const joined = `${before} ${name} ${alias} join part p on p . part_id = ${alias} . part_id and p . load_id = ${alias} . load_id`;
      if (!isFollowed(text, at - 1, joined)) {
        faults.push({
          line,
          says: `${name} must be joined with the night's parts by part and load`,
        });
      }
      read.push({ feed: accepted, line });
    }
    if (!runTables.has(name)) continue;
    const clause = clauseAfter(text, at + 1);
    const conditions = ofOneRun.exec(clause)?.groups?.conditions;
    if (before === 'join' || !ofOneRun.test(clause) || hasLooseOr(conditions ?? '')) {
      faults.push({ line, says: `${name} must be read where its run is one run` });
    }
    if (name !== 'run_input') continue;
    const inputs = ofInputs.exec(conditions ?? '');
    if (inputs === null)
      faults.push({ line, says: 'run_input must be read by kind, and feed or name' });
    if (inputs?.groups?.feed !== undefined) fed.add(inputs.groups.feed);
  }
  const unfed = read.filter(({ feed }) => !fed.has(feed));
  return [
    ...faults,
    ...unfed.map(({ feed, line }) => ({ line, says: `parts must be those of the feed ${feed}` })),
  ];
}

function isFollowed(text: SqlText, at: number, words: string): boolean {
  const expected = words.split(' ');
  return expected.every((word, index) => text.is(at + index, word));
}

/** What stands from here to the end of the step, or to what groups or orders its rows. */
function clauseAfter(text: SqlText, from: number): string {
  const words: string[] = [];
  let depth = 0;
  for (let at = from; at < text.tokens.length; at += 1) {
    const word = text.word(at);
    if (depth === 0 && [')', 'group', 'order', 'having', 'union'].includes(word)) break;
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    words.push(word);
  }
  return words.join(' ');
}

function hasLooseOr(conditions: string): boolean {
  let depth = 0;
  return conditions.split(' ').some((word) => {
    if (word === '(') depth += 1;
    if (word === ')') depth -= 1;
    return word === 'or' && depth === 0;
  });
}
