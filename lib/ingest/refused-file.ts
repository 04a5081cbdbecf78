import { hints, type Rule } from '../feeds/rules.ts';
import type { Problem } from './services.ts';

interface Place {
  readonly recordNumber?: number;
  readonly byteOffset?: number;
  readonly column?: string;
  /** Records counted before the reading stopped. */
  readonly recordsIn?: number;
  /** What this very file needs, beside the rule's own hint. Nothing personal. */
  readonly advice?: string;
  /** The first refused records, where they are why. */
  readonly problems?: readonly Problem[];
}

const longestAdvice = 300;

/** The beginning of what would fill a screen, such as the names of 500 columns. */
function shortened(advice: string): string {
  return advice.length <= longestAdvice ? advice : `${advice.slice(0, longestAdvice).trimEnd()} …`;
}

/** A file that is refused whole: thrown where the damage is seen, caught by `ingestObject`. */
export class RefusedFile extends Error {
  readonly rule: Rule;
  readonly hint: string;
  readonly place: Place;

  constructor(rule: Rule, place: Place = {}, options?: ErrorOptions) {
    super(rule, options);
    this.rule = rule;
    this.hint =
      place.advice === undefined ? hints[rule] : `${shortened(place.advice)} ${hints[rule]}`;
    const { column } = place;
    this.place = column === undefined ? place : { ...place, column: shortened(column) };
  }
}
