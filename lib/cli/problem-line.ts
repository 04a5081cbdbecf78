import type { Problem } from '../ingest/services.ts';

/** Place, rule and hint of a refusal in a line. */
export function problemLine({ recordNumber, column, effect, rule, hint }: Problem): string {
  const place = [
    recordNumber === null ? null : `record ${recordNumber.toLocaleString('en')}`,
    column === null ? null : `column ${column}`,
    effect === 'value' ? `${rule} (the value is left out)` : rule,
  ].filter((part) => part !== null);
  return `${place.join(', ')}: ${hint}`;
}
