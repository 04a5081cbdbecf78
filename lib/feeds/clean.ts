import type { Signs } from './signs.ts';

/** Unicode white space: what `String.prototype.trim` takes away. */
const whiteSpace =
  '\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff';

/**
 * Signs that only steer the direction or the breaking of text: soft hyphen, zero-width space and
 * word joiner, byte order mark, bidirectional marks, embeddings and isolates. The joiners U+200C and
 * U+200D stay: they are letters' parts in Persian and Hindi, and in emoji.
 */
const invisible =
  '\\x{AD}\\x{61C}\\x{200B}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2060}-\\x{2069}\\x{FEFF}';
const invisiblePattern = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * A field's text as the checks see it: composed (NFC), without invisible steering signs and without
 * white space around; null when nothing is left.
 */
export function cleanText(text: string): string | null {
  const cleaned = text.normalize('NFC').replace(invisiblePattern, '').trim();
  return cleaned === '' ? null : cleaned;
}

/** The same in SQL, of a text that is NULL where it is empty. */
export function cleanSql(expression: string, signs: Signs): string {
  const trimmed = (text: string) => `trim(${text}, '${whiteSpace}')`;
  const ascii = signs.edge || signs.nonAscii ? trimmed(expression) : expression;
  if (!signs.nonAscii) return signs.edge ? `nullif(${ascii}, '')` : expression;
  const visible = `regexp_replace(nfc_normalize(${expression}), '[${invisible}]', '', 'g')`;
  return `nullif(case when strlen(${expression}) = length(${expression}) then ${ascii} else ${trimmed(visible)} end, '')`;
}
