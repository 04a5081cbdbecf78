import type { Token } from './tokens.ts';

/** Tokens with their parentheses. */
export class SqlText {
  readonly tokens: readonly Token[];

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  word(at: number): string {
    return this.tokens[at]?.text ?? '';
  }

  is(at: number, text: string): boolean {
    return this.word(at) === text;
  }

  /** Where the parenthesis that opens here closes. */
  closing(opening: number): number {
    let depth = 0;
    for (let at = opening; at < this.tokens.length; at += 1) {
      if (this.is(at, '(')) depth += 1;
      if (this.is(at, ')')) depth -= 1;
      if (depth === 0) return at;
    }
    return this.tokens.length;
  }

  /** Where the parenthesis opens that closes here. */
  opening(closing: number): number {
    let depth = 0;
    for (let at = closing; at >= 0; at -= 1) {
      if (this.is(at, ')')) depth += 1;
      if (this.is(at, '(')) depth -= 1;
      if (depth === 0) return at;
    }
    return -1;
  }

  group(opening: number): readonly Token[] {
    return this.tokens.slice(opening + 1, this.closing(opening));
  }

  /** What stands between the commas of a parenthesis. */
  arguments(opening: number): readonly (readonly Token[])[] {
    const found: Token[][] = [[]];
    let depth = 0;
    for (const token of this.group(opening)) {
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (token.text === ',' && depth === 0) found.push([]);
      else found.at(-1)?.push(token);
    }
    return found;
  }

  /** The type that stands behind the `as` of a `cast`. */
  typeOfCast(at: number): string {
    let depth = 0;
    const group = this.group(at + 1);
    const as = group.findLastIndex(({ text }) => {
      if (text === ')') depth += 1;
      if (text === '(') depth -= 1;
      return text === 'as' && depth === 0;
    });
    const words = group.slice(as + 1).map(({ text }) => text);
    return words.join(' ').replaceAll(/ ?([(),]) ?/g, '$1');
  }

  isWithinCastTo(at: number, type: string): boolean {
    for (let before = at - 1; before > 0; before -= 1) {
      if (!this.is(before, '(') || this.closing(before) < at) continue;
      if (this.is(before - 1, 'cast') && this.typeOfCast(before - 1) === type) return true;
    }
    return false;
  }
}
