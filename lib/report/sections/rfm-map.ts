import type { TopLevelSpec } from 'vega-lite';
import { rampColours } from '../chart.ts';
import { figure } from '../figure.ts';
import type { Html } from '../html.ts';
import type { ReportContent, RfmCell } from '../report-content.ts';
import { valueBasis } from '../value-basis.ts';
import type { Writer } from '../writer.ts';

const scores = [1, 2, 3, 4, 5] as const;

function meanValue(cell: RfmCell): number | null {
  return cell.predicted_value === null || cell.count_customers === 0
    ? null
    : cell.predicted_value / cell.count_customers;
}

/** Five levels of equally many cells, 1 the least value a customer; a cell without value has 0. */
function levelOf(cell: RfmCell, cells: readonly RfmCell[]): number {
  const mean = meanValue(cell);
  if (mean === null) return 0;
  const means = cells.map(meanValue).filter((other) => other !== null);
  return 1 + Math.floor((5 * means.filter((other) => other < mean).length) / means.length);
}

/** A chart of 5 × 5 cells: who bought recently is above, who bought often on the right. */
export function rfmFigure(content: ReportContent, writer: Writer): Promise<Html> {
  const { rfmCells } = content;
  const { code, number, counted, money } = writer;
  const words = writer.words.groups.map;
  const basis = valueBasis(content, writer);
  const recencyWords = [words.longestAgo, '', '', '', words.mostRecently];
  const frequencyWords = [words.fewestOrders, '', '', '', words.mostOrders];
  const values = scores.flatMap((recency) =>
    scores.map((frequency) => {
      const cell = rfmCells.find(
        (other) => other.recency_score === recency && other.frequency_score === frequency,
      );
      const place = { recency, frequency };
      if (cell === undefined) {
        return { ...place, level: 0, group: '', customers: words.noCustomers, mean: '' };
      }
      return {
        ...place,
        level: levelOf(cell, rfmCells),
        group: code('segment', cell.segment),
        customers: counted(cell.count_customers, 'customer'),
        mean: meanValue(cell) === null ? '' : words.each(money(meanValue(cell))),
      };
    }),
  );
  const line = (field: string, dy: number, options: object) =>
    ({
      mark: { type: 'text', dy, fill: 'var(--ink)', ...options },
      encoding: { text: { field, type: 'nominal' } },
    }) as const;
  const chart: TopLevelSpec = {
    width: 920,
    height: 370,
    data: { values },
    encoding: {
      x: {
        field: 'frequency',
        type: 'ordinal',
        scale: { domain: [...scores], padding: 0.03 },
        axis: {
          title: words.often,
          domain: false,
          labelExpr: `${JSON.stringify(frequencyWords)}[datum.value - 1]`,
        },
      },
      y: {
        field: 'recency',
        type: 'ordinal',
        scale: { domain: scores.toReversed(), padding: 0.04 },
        axis: {
          title: words.recently,
          labelExpr: `${JSON.stringify(recencyWords)}[datum.value - 1]`,
        },
      },
    },
    layer: [
      {
        mark: { type: 'rect', cornerRadius: 3 },
        encoding: {
          color: {
            field: 'level',
            type: 'ordinal',
            scale: { domain: [0, 1, 2, 3, 4, 5], range: ['var(--r0)', ...rampColours] },
            legend: null,
          },
        },
      },
      line('group', -17, { fontWeight: 600 }),
      line('customers', 1, {}),
      line('mean', 18, {}),
    ],
  };
  return figure(writer, {
    title: words.title,
    explains: words.explains(basis),
    chart,
    numbers: {
      caption: words.caption,
      columns: [
        { name: words.recency, kind: 'text' },
        { name: words.frequency, kind: 'number' },
        { name: writer.words.groups.group, kind: 'text' },
        { name: writer.words.groups.customers, kind: 'number' },
        { name: words.expectedEach(basis), kind: 'number' },
      ],
      rows: rfmCells.map((cell) => [
        String(cell.recency_score),
        String(cell.frequency_score),
        code('segment', cell.segment),
        number(cell.count_customers),
        money(meanValue(cell)),
      ]),
    },
  });
}
