import type { TopLevelSpec } from 'vega-lite';
import { monthText } from '../date-text.ts';
import { figure } from '../figure.ts';
import { type Html, html } from '../html.ts';
import { monthAxis } from '../month-axis.ts';
import { moneyText, shareText } from '../number-text.ts';
import type { PeriodFigures } from '../report-content.ts';

interface Curve {
  readonly title: string;
  readonly explains: string;
  readonly format: '~s' | '~%';
  readonly figureOf: (row: PeriodFigures) => number | null;
  readonly textOf: (figure: number | null) => string;
}

/** The KPI curves: small pictures side by side, of complete months only. */
export async function curves(rows: readonly PeriodFigures[], currency: string): Promise<Html> {
  const complete = rows.filter((row) => row.isComplete);
  if (complete.length < 2) return html``;
  const drawn: Html[] = [];
  for (const curve of curvesIn(currency)) drawn.push(await drawCurve(curve, complete));
  return html`<div class="pair">${drawn}</div>`;
}

function curvesIn(currency: string): readonly Curve[] {
  return [
    {
      title: 'Average order',
      explains: 'Net sales divided by orders.',
      format: '~s',
      figureOf: (row) => row.averageBasket,
      textOf: (figure) => moneyText(figure, currency),
    },
    {
      title: 'Customers who had ordered before',
      explains: 'Of the customers who ordered in the month.',
      format: '~%',
      figureOf: (row) => row.repurchaseRate,
      textOf: shareText,
    },
    {
      title: 'Given as discount',
      explains: 'Discounts as a share of sales before discount.',
      format: '~%',
      figureOf: (row) => row.discountRate,
      textOf: shareText,
    },
    {
      title: 'Returned',
      explains: 'Returned goods as a share of sales after discount.',
      format: '~%',
      figureOf: (row) => row.returnRate,
      textOf: shareText,
    },
  ];
}

function drawCurve(curve: Curve, rows: readonly PeriodFigures[]): Promise<Html> {
  const { title, explains, format, figureOf, textOf } = curve;
  const months = rows.map((row) => row.startsOn);
  const chart: TopLevelSpec = {
    width: 370,
    height: 130,
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
        axis: { title: null, format },
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
