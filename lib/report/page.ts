import type { Words } from '../words/words.ts';
import { type Html, html, trustedHtml } from './html.ts';
import { style } from './style.ts';

/** Nothing may be loaded and nothing may run, whatever a file that was dropped contains. */
const securityPolicy = "default-src 'none'; style-src 'unsafe-inline'";

export interface PageText {
  readonly title: string;
  readonly heading: string;
  /** Under the heading. */
  readonly lead: string;
  readonly body: readonly Html[];
  readonly runId: string;
}

/** One HTML file that needs nothing else and asks nothing of the network. */
export function page(
  { language, page: own }: Words,
  { title, heading, lead, body, runId }: PageText,
): string {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trustedHtml(securityPolicy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trustedHtml(style)}</style>
</head>
<body>
<header><h1>${heading}</h1>
<p>${lead}</p></header>
<main>
${body}</main>
<footer>${own.footer(runId)}</footer>
</body>
</html>
`.text;
}
