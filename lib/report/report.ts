import type { Words } from '../words/words.ts';
import { page } from './page.ts';
import type { ReportContent } from './report-content.ts';
import { customersSection } from './sections/customers.ts';
import { groupsSection } from './sections/groups.ts';
import { guardedSection } from './sections/guarded.ts';
import { headlineSection } from './sections/headline.ts';
import { methodSection } from './sections/method.ts';
import { refusedSection } from './sections/refused.ts';
import { salesSection } from './sections/sales.ts';
import { valueSection } from './sections/value.ts';
import { writerOf } from './writer.ts';

/** The report of a run in the words of a language. The same content gives the same bytes. */
export async function renderReport(content: ReportContent, words: Words): Promise<string> {
  const { run, currency } = content;
  const writer = writerOf(words, currency);
  const asOf = writer.day(run.snapshotOn);
  return page(words, {
    title: words.report.title(asOf),
    heading: words.report.heading,
    lead: words.report.lead(asOf, currency),
    body: [
      headlineSection(content, writer),
      await salesSection(content, writer),
      await customersSection(content, writer),
      await valueSection(content, writer),
      await groupsSection(content, writer),
      methodSection(content, writer),
      ...guardedSection(content, writer),
      refusedSection(content, writer),
    ],
    runId: run.runId,
  });
}
