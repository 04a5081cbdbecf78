export interface Token {
  readonly kind: 'word' | 'quoted' | 'text' | 'number' | 'parameter' | 'sign';
  readonly text: string;
  readonly line: number;
  /** Where it begins, in UTF-16 units from the text's beginning. */
  readonly start: number;
}

const pattern =
  /(?<comment>--[^\n]*|\/\*.*?\*\/)|(?<space>\s+)|(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<parameter>:[a-z_][a-z0-9_]*)|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<sign><>|<=|>=|\|\||::|!=|==|->>?|=>|.)/gsu;

/** The words and signs of a SQL text, without its comments. */
export function tokensOf(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let line = 1;
  for (const { 0: text, groups, index } of sql.matchAll(pattern)) {
    const [kind] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (kind !== 'comment' && kind !== 'space') {
      tokens.push({ kind: kind as Token['kind'], text, line, start: index });
    }
    line += text.split('\n').length - 1;
  }
  return tokens;
}
