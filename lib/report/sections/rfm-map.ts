import type { TopLevelSpec } from 'vega-lite';
import { en } from '../../words/en.ts';
import { wordsOf } from '../../words/say.ts';
import { rampColours } from '../chart.ts';
import { figure } from '../figure.ts';
import type { Html } from '../html.ts';
import { countedText, moneyText, numberText } from '../number-text.ts';
import type { ReportContent, RfmCell } from '../report-content.ts';

const scores = [1, 2, 3, 4, 5] as const;
const recencyWords = ['longest ago', '', '', '', 'most recently'] as const;
const frequencyWords = ['fewest orders', '', '', '', 'most orders'] as const;

function meanValue(cell: RfmCell): number | null {
  return cell.predictedValue === null || cell.countCustomers === 0
    ? null
    : cell.predictedValue / cell.countCustomers;
}

/** Five levels of equally many cells, 1 the least value a customer; a cell without value has 0. */
function levelOf(cell: RfmCell, cells: readonly RfmCell[]): number {
  const mean = meanValue(cell);
  if (mean === null) return 0;
  const means = cells.map(meanValue).filter((other) => other !== null);
  return 1 + Math.floor((5 * means.filter((other) => other < mean).length) / means.length);
}

/** A chart of 5 × 5 cells: who bought recently is above, who bought often on the right. */
export function rfmFigure({ rfmCells, currency }: ReportContent): Promise<Html> {
  const values = scores.flatMap((recency) =>
    scores.map((frequency) => {
      const cell = rfmCells.find(
        (other) => other.recencyScore === recency && other.frequencyScore === frequency,
      );
      const place = { recency, frequency };
      if (cell === undefined) {
        return { ...place, level: 0, group: '', customers: 'no customers', mean: '' };
      }
      return {
        ...place,
        level: levelOf(cell, rfmCells),
        group: wordsOf(en, 'segment', cell.segment),
        customers: countedText(cell.countCustomers, 'customer'),
        mean: meanValue(cell) === null ? '' : `${moneyText(meanValue(cell), currency)} each`,
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
          title: 'how often they buy →',
          domain: false,
          labelExpr: `${JSON.stringify(frequencyWords)}[datum.value - 1]`,
        },
      },
      y: {
        field: 'recency',
        type: 'ordinal',
        scale: { domain: scores.toReversed(), padding: 0.04 },
        axis: {
          title: 'how recently →',
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
  return figure({
    title: 'Map of the customers',
    explains:
      'Each cell counts customers by how recently and how often they bought. The stronger its colour, the more one of them is expected to bring in the next 12 months. Rows and columns are fifths of the customers; equal ones are kept together, so a cell may be empty.',
    chart,
    numbers: {
      caption: 'Customers by recency and frequency',
      columns: [
        { name: 'Recency (5 = latest)', kind: 'text' },
        { name: 'Frequency (5 = most often)', kind: 'number' },
        { name: 'Group', kind: 'text' },
        { name: 'Customers', kind: 'number' },
        { name: 'Expected each, next 12 months', kind: 'number' },
      ],
      rows: rfmCells.map((cell) => [
        String(cell.recencyScore),
        String(cell.frequencyScore),
        wordsOf(en, 'segment', cell.segment),
        numberText(cell.countCustomers),
        moneyText(meanValue(cell), currency),
      ]),
    },
  });
}
