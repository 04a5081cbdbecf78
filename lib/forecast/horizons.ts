/** How far ahead the figures with a spread look. */
export const MONTHS_OF_HORIZONS = [12, 24, 36] as const;
