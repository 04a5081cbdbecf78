import type { SqlText } from './sql-text.ts';

/** Words and signs before which an operand of a condition ends, in its own parenthesis. */
const ends: ReadonlySet<string> = new Set([
  ...['and', 'or', 'then', 'when', 'else', 'end', 'group', 'order', 'having', 'window', 'union'],
  ...['join', 'left', 'cross', 'where', 'rows', 'desc', 'asc', 'nulls', 'as', ',', ')'],
]);

/** Where the operand that begins here ends: the place of what follows it. */
export function operandEnd(text: SqlText, from: number): number {
  let isBetween = false;
  let cases = 0;
  for (let at = from; at < text.tokens.length; at += 1) {
    const word = text.word(at);
    if (word === '(') {
      at = text.closing(at);
    } else if (word === 'case') {
      cases += 1;
    } else if (cases > 0) {
      if (word === 'end') cases -= 1;
    } else if (word === 'between') {
      isBetween = true;
    } else if (word === 'and' && isBetween) {
      isBetween = false;
    } else if (ends.has(word) || (word === 'from' && !text.is(at - 1, 'distinct'))) {
      return at;
    }
  }
  return text.tokens.length;
}

/** Whether the `and` here is that of `between … and …`. */
export function isOfBetween(text: SqlText, and: number): boolean {
  for (let at = and - 1; at > 0; at -= 1) {
    const word = text.word(at);
    if (word === ')') at = text.opening(at);
    else if (word === 'between') return true;
    else if (ends.has(word) || word === '(' || word === 'on') return false;
  }
  return false;
}

/** Whether the number here is part of a type, such as `decimal(18, 4)`. */
export function isWithinType(text: SqlText, at: number): boolean {
  for (let before = at - 1; before > 0 && before >= at - 3; before -= 1) {
    if (text.is(before, '('))
      return ['decimal', 'timestamp', 'varchar'].includes(text.word(before - 1));
  }
  return false;
}
