const year = '(?:19|20)\\d\\d';
const monthName =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const month = `(?:0[1-9]|1[0-2]|${monthName})`;
const part = `(?:[qh][1-4]|w\\d\\d)`;
const between = '[-_. ]?';

const date = new RegExp(
  `^(?:[a-z_]+=)?(?:${[
    `(?:fy${between})?${year}`,
    `${year}[-_]${year}`,
    `${year}${between}(?:${month}(?:${between}[0-3]\\d)?|${part})`,
    `(?:(?:[0-3]\\d[-_. ])?${month}|${part})${between}${year}`,
  ].join('|')})$`,
  'i',
);
const partOfDate = new RegExp(`^(?:[a-z_]+=)?(?:\\d{1,2}|${monthName}|${part})$`, 'i');

/**
 * Whether a folder is named for a time, as `2025`, `2025-01`, `20250131`, `2025-q1`, `jan-2025` or
 * `dt=2025-01-31`: files are laid by years in it, and it names no system that exports them.
 */
export function isDateFolder(name: string): boolean {
  return date.test(name);
}

/** Whether it is named for a part of a year below such a folder, as `01` in `2025/01`. */
export function isPartOfDate(name: string): boolean {
  return partOfDate.test(name);
}
