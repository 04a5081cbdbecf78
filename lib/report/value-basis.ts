import type { ReportContent } from './report-content.ts';

/** What expected values are: contribution where a cost of goods is known, else net sales. */
export function valueBasis({ headline: h }: ReportContent): 'contribution' | 'net_sales' {
  return h.net_sales === 0 || h.gross_margin !== h.net_sales ? 'contribution' : 'net_sales';
}
