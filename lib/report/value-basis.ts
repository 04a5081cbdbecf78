import type { ReportContent } from './report-content.ts';
import type { Writer } from './writer.ts';

/** What expected values are, in a word: contribution, or net sales where too few costs are known. */
export function valueBasis({ headline }: ReportContent, { words }: Writer): string {
  return words.valueBasis[headline.value_basis === 'contribution' ? 'contribution' : 'net_sales'];
}
