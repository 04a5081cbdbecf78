import { isOfBetween, isWithinType, operandEnd } from './operands.ts';
import { SqlText } from './sql-text.ts';
import { tokensOf } from './tokens.ts';

/** One small change of a SQL text. */
export interface Change {
  readonly line: number;
  /** What became of what, such as `< becomes <=`. */
  readonly says: string;
  /** The whole text, changed. */
  readonly sql: string;
}

/** What a word or sign becomes: the other of its pair, or nothing. */
const exchanged: Readonly<Record<string, string>> = {
  ...{ '<': '<=', '<=': '<', '>': '>=', '>=': '>', '=': '<>', '<>': '=' },
  ...{ '+': '-', '-': '+', '/': '*', '*': '/', or: 'and' },
  ...{ min: 'max', max: 'min', sum: 'max', bool_or: 'bool_and', bool_and: 'bool_or' },
  ...{ lag: 'lead', lead: 'lag', rank: 'row_number', abs: '', desc: 'asc', last: 'first' },
};

/**
 * Every change of one operator, constant, join or condition that leaves a text an engine can read:
 * what a test of the text must notice. Comments, types and names are left alone.
 */
export function changesOf(sql: string): readonly Change[] {
  const text = new SqlText(tokensOf(sql));
  const changes: Change[] = [];
  /** The tokens from one to before another become something else. */
  const put = (from: number, to: number, by: string) => {
    const first = text.tokens[from];
    const end = text.tokens[to]?.start ?? sql.length;
    if (first === undefined) return;
    const removed = sql.slice(first.start, end);
    const after = removed.slice(removed.trimEnd().length);
    changes.push({
      line: first.line,
      says: `${removed.trim().replaceAll(/\s+/g, ' ')} becomes ${by === '' ? 'nothing' : by}`,
      sql: `${sql.slice(0, first.start)}${by}${after}${sql.slice(end)}`,
    });
  };

  for (const [at, token] of text.tokens.entries()) {
    const before = text.word(at - 1);
    const after = text.word(at + 1);
    switch (token.text) {
      case '*':
        if (!['(', '.', 'select'].includes(before)) put(at, at + 1, '/');
        break;
      case 'and':
        if (isOfBetween(text, at)) break;
        put(at, at + 1, 'or');
        put(at, operandEnd(text, at + 1), '');
        break;
      case 'where':
        if (text.is(operandEnd(text, at + 1), 'and')) put(at + 1, operandEnd(text, at + 1) + 1, '');
        else if (!text.is(operandEnd(text, at + 1), 'or')) put(at, operandEnd(text, at + 1), '');
        break;
      case 'on':
      case 'when':
        if (text.is(operandEnd(text, at + 1), 'and')) put(at + 1, operandEnd(text, at + 1) + 1, '');
        break;
      case 'join':
        if (before === 'left') put(at - 1, at + 1, 'join');
        else if (before !== 'cross') put(at, at + 1, 'left join');
        break;
      case 'all':
        if (before === 'union') put(at, at + 1, '');
        break;
      case 'is':
        if (after === 'null') put(at, at + 1, 'is not');
        break;
      case 'not':
        put(at, at + 1, '');
        break;
      case 'distinct':
        if (after !== 'from') put(at, at + 1, '');
        break;
      case 'last':
        if (before === 'nulls') put(at, at + 1, 'first');
        break;
      case 'by': {
        const end = operandEnd(text, at + 1);
        if (before === 'order' && !text.is(end, 'desc'))
          put(end - 1, end, `${text.word(end - 1)} desc`);
        if (before === 'partition' && text.is(end, ',')) put(at + 1, end + 1, '');
        break;
      }
      default:
        if (token.kind === 'number' && !isWithinType(text, at)) {
          put(
            at,
            at + 1,
            token.text.replace(/^\d+/, (digits) => `${Number(digits) + 1}`),
          );
        } else if (token.kind === 'text' && !text.word(at - 2).startsWith('date_')) {
          const words = token.text.slice(1, -1);
          put(at, at + 1, /^\d+$/.test(words) ? `'${Number(words) + 1}'` : `'${words}x'`);
        } else if (Object.hasOwn(exchanged, token.text) && token.text !== 'last') {
          put(at, at + 1, exchanged[token.text] ?? '');
        }
    }
  }
  return changes;
}
