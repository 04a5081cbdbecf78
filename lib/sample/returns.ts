import { countDays } from './calendar.ts';
import { amountOf, type SampleLine, type SampleOrder } from './order.ts';
import type { Random } from './random.ts';

const returnProbability = { web: 0.06, store: 0.03 } as const;

/** Some or all pieces of a line come back at the price that was paid for them. */
function returnOf(random: Random, line: SampleLine): SampleLine {
  const pieces = 1 + random.below(line.quantity);
  const unitPrice = Math.round(amountOf(line) / line.quantity);
  return { productId: line.productId, quantity: -pieces, unitPrice, discount: 0 };
}

/**
 * The orders of one customer together with what they bring back: within four weeks, as a document
 * of its own, or in a store half the time on the next purchase there (an exchange).
 */
export function drawReturns(random: Random, orders: readonly SampleOrder[]): SampleOrder[] {
  const all = [...orders];
  for (const [place, order] of orders.entries()) {
    const line = random.pick(order.lines);
    if (order.isCancelled || !random.chance(returnProbability[order.channel])) continue;
    const returned = returnOf(random, line);
    const next = orders.findIndex((other, i) => i > place && other.channel === 'store');
    if (order.channel === 'store' && next >= 0 && random.chance(0.5)) {
      const exchange = all[next] as SampleOrder;
      all[next] = { ...exchange, lines: [...exchange.lines, returned] };
      continue;
    }
    const day = order.day + 2 + random.below(26);
    if (day < countDays) all.push({ ...order, day, lines: [returned] });
  }
  return all;
}
