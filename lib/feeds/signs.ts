/**
 * Which signs occur in the texts of a column, as the structural scan of the file saw them: a check
 * that these cannot fail is left out of the generated SQL. To claim a sign that does not occur is
 * always right; the other way round is not.
 */
export interface Signs {
  /** Bytes beyond ASCII: then any other sign may appear by composition. */
  readonly nonAscii: boolean;
  /** Control characters, tabs and line ends. */
  readonly control: boolean;
  readonly blank: boolean;
  /** White space at the beginning or end of a text. */
  readonly edge: boolean;
  readonly equals: boolean;
  readonly plus: boolean;
  readonly dash: boolean;
  readonly upper: boolean;
  /** e, E or _: signs of numbers that only machines write. */
  readonly exponent: boolean;
  /** More than 250 bytes. */
  readonly long: boolean;
  /** Words that mean nothing in most columns. */
  readonly emptyWord: boolean;
  /** Words that mean nothing in some columns. */
  readonly anyEmptyWord: boolean;
  /** `.0` at the end. */
  readonly wholeFloat: boolean;
}

/** Nothing is known. */
export const anySigns: Signs = {
  nonAscii: true,
  control: true,
  blank: true,
  edge: true,
  equals: true,
  plus: true,
  dash: true,
  upper: true,
  exponent: true,
  long: true,
  emptyWord: true,
  anyEmptyWord: true,
  wholeFloat: true,
};

/** What occurs in any of the columns; composition may make any sign of what is beyond ASCII. */
export function unitedSigns(columns: readonly Signs[]): Signs {
  if (columns.some(({ nonAscii }) => nonAscii)) return anySigns;
  const occurs = (sign: keyof Signs) => columns.some((signs) => signs[sign]);
  return {
    nonAscii: false,
    control: occurs('control'),
    blank: occurs('blank'),
    edge: occurs('edge'),
    equals: occurs('equals'),
    plus: occurs('plus'),
    dash: occurs('dash'),
    upper: occurs('upper'),
    exponent: occurs('exponent'),
    long: occurs('long'),
    emptyWord: occurs('emptyWord'),
    anyEmptyWord: occurs('anyEmptyWord'),
    wholeFloat: occurs('wholeFloat'),
  };
}
