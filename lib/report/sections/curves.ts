import type { TopLevelSpec } from 'vega-lite';
import { axisFormat } from '../axis-format.ts';
import { monthText } from '../date-text.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { monthAxis } from '../month-axis.ts';
import { moneyText, shareText } from '../number-text.ts';
import type { PeriodFigures } from '../report-content.ts';

interface Curve {
  readonly title: string;
  readonly explains: string;
  readonly isShare: boolean;
  readonly figureOf: (row: PeriodFigures) => number | null;
  readonly textOf: (figure: number | null) => string;
}

/** The KPI curves: small pictures side by side, of complete months; none of what never happens. */
export async function curves(rows: readonly PeriodFigures[], currency: string): Promise<Html> {
  const complete = rows.filter((row) => row.isComplete);
  if (complete.length < 2) return html``;
  const drawn: Html[] = [];
  for (const curve of curvesIn(currency)) {
    const hasFigures = complete.some((row) => (curve.figureOf(row) ?? 0) !== 0);
    if (hasFigures) drawn.push(await drawCurve(curve, complete));
  }
  return html`<div class="pair">${drawn}</div>`;
}

function curvesIn(currency: string): readonly Curve[] {
  return [
    {
      title: 'Average order',
      explains: 'Net sales divided by orders.',
      isShare: false,
      figureOf: (row) => row.averageBasket,
      textOf: (figure) => moneyText(figure, currency),
    },
    {
      title: 'Customers who came back',
      explains: 'Share of the customers of the month with an order that was not their first.',
      isShare: true,
      figureOf: (row) => row.repurchaseRate,
      textOf: shareText,
    },
    {
      title: 'Given as discount',
      explains: 'Discounts as a share of sales before discount.',
      isShare: true,
      figureOf: (row) => row.discountRate,
      textOf: shareText,
    },
    {
      title: 'Returned',
      explains: 'Returned goods as a share of sales after discount.',
      isShare: true,
      figureOf: (row) => row.returnRate,
      textOf: shareText,
    },
  ];
}

function drawCurve(curve: Curve, rows: readonly PeriodFigures[]): Promise<Html> {
  const { title, explains, isShare, figureOf, textOf } = curve;
  const figures = rows.map(figureOf).filter((figure) => figure !== null);
  const months = rows.map((row) => row.startsOn);
  const chart: TopLevelSpec = {
    width: 445,
    height: 160,
    data: {
      values: rows.flatMap((row) => {
        const figure = figureOf(row);
        return figure === null ? [] : [{ month: row.startsOn, figure }];
      }),
    },
    mark: { type: 'line', strokeWidth: 2 },
    encoding: {
      x: { ...monthAxis(months), scale: { domain: months, type: 'point' } },
      y: {
        field: 'figure',
        type: 'quantitative',
        scale: { zero: true },
        axis: { title: null, format: isShare ? '~%' : axisFormat(figures) },
      },
    },
  };
  const numbers = {
    caption: `${title}, by month`,
    columns: [
      { name: 'Month', kind: 'text' as const },
      { name: title, kind: 'number' as const },
    ],
    rows: rows.map((row) => [monthText(row.startsOn), textOf(figureOf(row))]),
  };
  return figure({ title, explains, chart, numbers });
}
