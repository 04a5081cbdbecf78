import { type Html, html } from './html.ts';

interface TableColumn {
  readonly name: string;
  readonly kind: 'text' | 'number';
}

export interface TableText {
  /** What the table shows: read out before it. */
  readonly caption: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly string[])[];
}

/** A table whose first column heads its rows; on a narrow screen each row is a list of its cells. */
export function table({ caption, columns, rows }: TableText): Html {
  const heads = columns.map(
    (column) => html`<th scope="col" class="${column.kind}">${column.name}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.map((text, i) => {
      const kind = columns[i]?.kind ?? 'text';
      return i === 0
        ? html`<th scope="row" class="${kind}">${text}</th>`
        : html`<td class="${kind}" data-name="${columns[i]?.name ?? ''}">${text}</td>`;
    });
    return html`<tr>${cells}</tr>\n`;
  });
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${body}</tbody></table></div>`;
}
