import type { TopLevelSpec } from 'vega-lite';
import { drawChart } from './chart.ts';
import { type Html, html } from './html.ts';
import { type TableText, table } from './table.ts';
import type { Writer } from './writer.ts';

export interface FigureText {
  readonly title: string;
  /** How to read the picture, in a sentence. */
  readonly explains: string;
  readonly chart: TopLevelSpec;
  /** The numbers behind the picture. */
  readonly numbers: TableText;
}

/** A picture with its title, how to read it, and the numbers behind it. */
export async function figure(
  { words }: Writer,
  { title, explains, chart, numbers }: FigureText,
): Promise<Html> {
  const picture = await drawChart(chart, words.page.pictureSays(title, explains));
  return html`<figure>
<figcaption><h3>${title}</h3><p>${explains}</p></figcaption>
<div class="picture" tabindex="0" role="group" aria-label="${title}">${picture}</div>
<details><summary>${words.page.showNumbers}</summary>
${table(numbers)}
</details>
</figure>
`;
}
