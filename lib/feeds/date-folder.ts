/**
 * Whether a folder is named for a time, as `2025`, `2025-01`, `20250131` or `2025-q1`: files are laid
 * by years in it, and it names no system that exports them.
 */
export function isDateFolder(name: string): boolean {
  return /^(?:year=)?(?:19|20)\d\d(?:[-_.]?(?:(?:0[1-9]|1[0-2])(?:[-_.]?[0-3]\d)?|[qh][1-4]|w\d\d))?$/i.test(
    name,
  );
}

/** Whether it is named for a month or day below such a folder, as `01` in `2025/01`. */
export function isPartOfDate(name: string): boolean {
  return /^(?:(?:month|day)=)?\d{1,2}$/.test(name);
}
