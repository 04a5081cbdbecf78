/** The time of day, for bookkeeping alone: no table of a run depends on it. */
export interface Clock {
  now(): Date;
}
