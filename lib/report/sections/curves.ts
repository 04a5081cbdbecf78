import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { monthAxis } from '../month-axis.ts';
import type { PeriodFigures } from '../report-content.ts';
import type { Writer } from '../writer.ts';

/** The KPIs that are drawn by month, and whether each is a share or an amount. */
const curvesDrawn = [
  { column: 'average_basket', isShare: false },
  { column: 'repurchase_rate', isShare: true },
  { column: 'discount_rate', isShare: true },
  { column: 'return_rate', isShare: true },
] as const;

type Curve = (typeof curvesDrawn)[number];

/** The KPI curves: small pictures side by side, of complete months; none of what never happens. */
export async function curves(rows: readonly PeriodFigures[], writer: Writer): Promise<Html> {
  const complete = rows.filter((row) => row.is_complete);
  if (complete.length < 2) return html``;
  const drawn: Html[] = [];
  for (const curve of curvesDrawn) {
    const hasFigures = complete.some((row) => (row[curve.column] ?? 0) !== 0);
    if (hasFigures) drawn.push(await drawCurve(curve, complete, writer));
  }
  return html`<div class="pair">${drawn}</div>`;
}

function drawCurve(
  { column, isShare }: Curve,
  rows: readonly PeriodFigures[],
  writer: Writer,
): Promise<Html> {
  const words = writer.words.curves;
  const { title, explains } = words[column];
  const figures = rows.map((row) => row[column]).filter((figure) => figure !== null);
  const months = rows.map((row) => row.period_start_on);
  const chart: TopLevelSpec = {
    width: 445,
    height: 160,
    data: {
      values: rows.flatMap((row) => {
        const figure = row[column];
        return figure === null ? [] : [{ month: row.period_start_on, figure }];
      }),
    },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: { ...monthAxis(writer, months, 445), scale: { domain: months, type: 'point' } },
      y: {
        field: 'figure',
        type: 'quantitative',
        scale: { zero: true },
        axis: { title: null, format: isShare ? '~%' : axisFormat(figures) },
      },
    },
  };
  const numbers = {
    caption: words.byMonth(title),
    columns: [
      { name: words.month, kind: 'text' as const },
      { name: title, kind: 'number' as const },
    ],
    rows: rows.map((row) => [
      writer.month(row.period_start_on),
      isShare ? writer.share(row[column]) : writer.money(row[column]),
    ]),
  };
  return figure(writer, { title, explains, chart, numbers });
}
