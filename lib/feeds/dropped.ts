import type { Rule } from './rules.ts';

/** In the place of a value that could not be read and is left out of its record: by which rule. */
export class Dropped {
  readonly rule: Rule;

  constructor(rule: Rule) {
    this.rule = rule;
  }
}
