import { dayText } from './date-text.ts';
import { html, trustedHtml } from './html.ts';
import type { ReportContent } from './report-content.ts';
import { customersSection } from './sections/customers.ts';
import { groupsSection } from './sections/groups.ts';
import { headlineSection } from './sections/headline.ts';
import { methodSection } from './sections/method.ts';
import { refusedSection } from './sections/refused.ts';
import { salesSection } from './sections/sales.ts';
import { valueSection } from './sections/value.ts';
import { style } from './style.ts';

/** Nothing may be loaded and nothing may run, whatever a file that was dropped contains. */
const securityPolicy = "default-src 'none'; style-src 'unsafe-inline'";

/**
 * The report of a run: one HTML file that needs nothing else and asks nothing of the network. The
 * same content gives the same bytes.
 */
export async function renderReport(content: ReportContent): Promise<string> {
  const { snapshotOn, runId } = content.run;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedHtml(securityPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>What your customers are worth, ${dayText(snapshotOn)}</title>
<style>${trustedHtml(style)}</style>
</head>
<body>
<header><h1>What your customers are worth</h1>
<p>As of ${dayText(snapshotOn)}, in ${content.currency}.</p></header>
<main>
${[
  headlineSection(content),
  await salesSection(content),
  await customersSection(content),
  await valueSection(content),
  await groupsSection(content),
  methodSection(content),
  refusedSection(content),
]}</main>
<footer>Made by Clientele from the tables of run ${runId}. It holds no data of single persons.</footer>
</body>
</html>
`;
  return page.text;
}
