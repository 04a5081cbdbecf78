import type { Features } from './features.ts';
import { grouped } from './grouped.ts';

export interface RfmScores {
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  /** Too much money to be left alone. */
  readonly isGuarded: boolean;
}

/** The scores of each customer with an occasion: fifths from the best down, equals alike. */
export function rfmScoresOf(
  features: ReadonlyMap<string, Features>,
): ReadonlyMap<string, RfmScores> {
  const buyers = [...features]
    .filter(([, { frequency }]) => frequency !== null)
    .map(([customer, { days_since_last, count_orders, net_sales }]) => ({
      customer,
      silence: Number(days_since_last),
      orders: Number(count_orders),
      netSales: Number(net_sales),
    }));
  const recency = fifths(buyers, ({ silence }) => -silence, 'best');
  const money = fifths(buyers, ({ netSales }) => netSales, 'middle');
  const repeaters = buyers.filter(({ orders }) => orders > 1);
  const frequency = quarters(repeaters, ({ orders }) => orders);
  const moneyScore = (buyer: Buyer) => (buyer.netSales > 0 ? money(buyer) : 1);
  const best = buyers.filter((buyer) => moneyScore(buyer) === 5);
  const twiceMedian = twiceMedianOf(buyers.map(({ netSales }) => netSales));
  return new Map(
    buyers.map((buyer) => [
      buyer.customer,
      {
        recency: recency(buyer),
        frequency: buyer.orders > 1 ? 1 + frequency(buyer) : 1,
        money: moneyScore(buyer),
        isGuarded:
          moneyScore(buyer) === 5 &&
          best.length * 4 <= buyers.length &&
          buyer.netSales > twiceMedian,
      },
    ]),
  );
}

function twiceMedianOf(values: readonly number[]): number {
  const inOrder = values.toSorted((a, b) => a - b);
  const middle = Math.floor(inOrder.length / 2);
  const upper = inOrder[middle] ?? 0;
  return inOrder.length % 2 === 1 ? 2 * upper : upper + (inOrder[middle - 1] ?? 0);
}

interface Buyer {
  readonly customer: string;
  readonly silence: number;
  readonly orders: number;
  readonly netSales: number;
}

const fifths = scoresOf(5);
const middleQuarters = scoresOf(4);
const quarters = (buyers: readonly Buyer[], of: (buyer: Buyer) => number) =>
  middleQuarters(buyers, of, 'middle');

/**
 * A block of equals stands at a place of the ranking from the best down, its first or its middle
 * one; the share of buyers before that place says the part, and the best part has the highest score.
 */
function scoresOf(parts: number) {
  return (
    buyers: readonly Buyer[],
    of: (buyer: Buyer) => number,
    place: 'best' | 'middle',
  ): ((buyer: Buyer) => number) => {
    const blocks = [...grouped(buyers, (buyer) => String(of(buyer))).values()].sort(
      ([a], [b]) => of(b as Buyer) - of(a as Buyer),
    );
    const scores = new Map<number, number>();
    let before = 0;
    for (const block of blocks) {
      const at = place === 'best' ? before : before + (block.length - 1) / 2;
      scores.set(of(block[0] as Buyer), parts - Math.floor((at * parts) / buyers.length));
      before += block.length;
    }
    return (buyer) => scores.get(of(buyer)) ?? 0;
  };
}
