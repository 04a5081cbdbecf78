import { asciiFold } from './ascii-fold.ts';
import type { Completion } from './feed.ts';

/** Several completions, each over what the ones before have left; the first refusal counts. */
export function allOf(completions: readonly Completion[]): Completion {
  return {
    complete(values, reading) {
      let current = values;
      for (const completion of completions) {
        const next = completion.complete(current, reading);
        if (typeof next.rule === 'string' && typeof next.column === 'string') return next;
        current = { ...current, ...next };
      }
      return current;
    },
    sql(columns, reading) {
      const parts = completions.map((completion) => completion.sql(columns, reading));
      return {
        values: Object.assign({}, ...parts.map(({ values }) => values)),
        dropped: parts.flatMap(({ dropped }) => dropped),
        refused: parts.flatMap(({ refused }) => refused),
      };
    },
  };
}

/** For each of the columns one more, `<column>_folded`: how the name is compared. */
export function foldNames(names: readonly string[]): Completion {
  return {
    complete(values) {
      const folded = names.map((name) => {
        const value = values[name] ?? null;
        return [`${name}_folded`, typeof value === 'string' ? asciiFold(value) : null];
      });
      return { ...values, ...Object.fromEntries(folded) };
    },
    sql({ of }) {
      const folded = names.map((name) => [`${name}_folded`, `ascii_fold(${of(name)})`]);
      return { values: Object.fromEntries(folded), dropped: [], refused: [] };
    },
  };
}
