import { dayText } from './date-text.ts';
import { page } from './page.ts';
import type { ReportContent } from './report-content.ts';
import { customersSection } from './sections/customers.ts';
import { groupsSection } from './sections/groups.ts';
import { headlineSection } from './sections/headline.ts';
import { methodSection } from './sections/method.ts';
import { refusedSection } from './sections/refused.ts';
import { salesSection } from './sections/sales.ts';
import { valueSection } from './sections/value.ts';

/** The report of a run. The same content gives the same bytes. */
export async function renderReport(content: ReportContent): Promise<string> {
  const { snapshotOn, runId } = content.run;
  return page({
    title: `What your customers are worth, ${dayText(snapshotOn)}`,
    heading: 'What your customers are worth',
    lead: `As of ${dayText(snapshotOn)}, in ${content.currency || 'the currency of the files, which nothing names'}.`,
    body: [
      headlineSection(content),
      await salesSection(content),
      await customersSection(content),
      await valueSection(content),
      await groupsSection(content),
      methodSection(content),
      refusedSection(content),
    ],
    runId,
  });
}
