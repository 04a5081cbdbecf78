/**
 * What a column that tells a reason holds: a code and its figures, as `weak_parameter parameter=s`;
 * several are parted by `; `. The words of the code stand in `label`, with `{parameter}` where the
 * figure belongs. Neither code nor figure holds a blank.
 */
export interface Remark {
  readonly code: string;
  readonly figures?: Readonly<Record<string, string | number>>;
}

/** Remarks as they stand in a column; null where there is none. */
export function remarksText(remarks: readonly Remark[]): string | null {
  if (remarks.length === 0) return null;
  return remarks
    .map(({ code, figures = {} }) =>
      [code, ...Object.entries(figures).map(([name, figure]) => `${name}=${figure}`)].join(' '),
    )
    .join('; ');
}

/** The remarks of a column; none of NULL. */
export function readRemarks(text: string | null): Remark[] {
  if (text === null) return [];
  return text.split('; ').map((remark) => {
    const [code = '', ...figures] = remark.split(' ');
    return { code, figures: Object.fromEntries(figures.map((figure) => figure.split('='))) };
  });
}
