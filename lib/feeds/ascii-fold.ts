/** Letters that Unicode does not take apart into an ASCII letter and a mark. */
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ŧ: 't',
};

/**
 * A name as it is compared: lower case, without marks, every run of other signs one blank. Letters
 * of other scripts stay. `José  O’Brien-Müller` becomes `jose o brien muller`. Null when nothing is
 * left.
 */
export function asciiFold(text: string): string | null {
  const folded = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłħıŋŧ]/g, (letter) => letters[letter] as string)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return folded === '' ? null : folded;
}
