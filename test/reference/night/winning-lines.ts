import { businessDay } from './business-day.ts';
import { grouped } from './grouped.ts';
import type { AcceptedLine, OrderFile, Shop } from './shop.ts';

/** A line with the file that delivered it. */
export interface DeliveredLine extends AcceptedLine {
  readonly source: string;
  /** Which delivery, by time. */
  readonly rank: number;
  readonly recordNumber: number;
  /** `updated_at`, else the time of the delivery. */
  readonly changedAt: number;
  readonly orderedOn: string;
  /** What its order is called among those of the source; null without a number. */
  readonly document: string | null;
  /** Of a line whose status says so, what was given back. */
  readonly isRefund: boolean;
}

/**
 * The lines that count, of any day (design, *Which row wins*): of an order with a number the
 * lines of the delivery changed last; of those without a number each as often as the file that has it
 * most often.
 */
export function winningLines({ orderFiles, timeZone }: Shop): readonly DeliveredLine[] {
  const lines = loadsOf(orderFiles).flatMap((file, rank) =>
    file.lines.map((line, index) => ({
      ...line,
      source: file.source,
      rank,
      recordNumber: index,
      changedAt: (line.updatedAt ?? file.deliveredAt).getTime(),
      orderedOn: businessDay(line.orderedAt, timeZone),
      document: null,
      isRefund: false,
    })),
  );
  const winners: DeliveredLine[] = [];
  for (const ofSource of grouped(lines, ({ source }) => source).values()) {
    const numbered = ofSource.filter(({ orderId }) => orderId !== null);
    const isRestarting = numbersRestart(numbered);
    const orders = grouped(numbered, ({ orderId, store, orderedOn }) =>
      JSON.stringify(isRestarting ? [orderId, store, orderedOn] : [orderId]),
    );
    for (const [document, order] of orders) {
      winners.push(...lastVersion(order).map((line) => ({ ...line, document })));
    }
    winners.push(...mostCopies(ofSource.filter(({ orderId }) => orderId === null)));
  }
  return winners;
}

/** A content delivered again is one load, as old as its last delivery. */
function loadsOf(files: readonly OrderFile[]): readonly OrderFile[] {
  const contents = grouped(files, ({ source, lines }) => JSON.stringify([source, lines]));
  return [...contents.values()]
    .map((same) => same.at(-1) as OrderFile)
    .sort((a, b) => a.deliveredAt.getTime() - b.deliveredAt.getTime());
}

/** At least 2 numbers and 1 % of them stand on different days for different customers, or none. */
function numbersRestart(lines: readonly DeliveredLine[]): boolean {
  const numbers = [...grouped(lines, ({ orderId }) => orderId as string).values()];
  const restarting = numbers.filter((ofNumber) =>
    ofNumber.some((a) =>
      ofNumber.some(
        (b) =>
          a.orderedOn !== b.orderedOn && (a.customerId !== b.customerId || a.customerId === null),
      ),
    ),
  );
  return restarting.length >= 2 && restarting.length * 100 >= numbers.length;
}

/**
 * A later delivery replaces the whole order, a later state in it an earlier one; of equal line numbers
 * the later record counts.
 */
function lastVersion(order: readonly DeliveredLine[]): readonly DeliveredLine[] {
  const deliveries = [...grouped(order, ({ rank }) => String(rank)).values()];
  const changedAt = (lines: readonly DeliveredLine[]) =>
    Math.max(...lines.map((line) => line.changedAt));
  const last = deliveries.reduce((a, b) =>
    changedAt(b) > changedAt(a) || (changedAt(b) === changedAt(a) && rankOf(b) > rankOf(a)) ? b : a,
  );
  const unnumbered = lastState(last.filter(({ lineId }) => lineId === null));
  const numbered = grouped(
    last.filter(({ lineId }) => lineId !== null),
    ({ lineId }) => lineId as string,
  );
  const counted = [...numbered.values()].map((same) =>
    same.reduce((a, b) => (b.changedAt >= a.changedAt ? b : a)),
  );
  return [...unnumbered, ...counted];
}

/** Of lines without numbers, if a product of them is there as of several times, those of the last. */
function lastState(lines: readonly DeliveredLine[]): readonly DeliveredLine[] {
  const dated = lines.flatMap(({ productId, updatedAt }) =>
    updatedAt === null ? [] : [{ productId, at: updatedAt.getTime() }],
  );
  const isAgain = dated.some((a) =>
    dated.some((b) => a.productId === b.productId && a.at !== b.at),
  );
  if (!isAgain) return lines;
  const last = Math.max(...dated.map(({ at }) => at));
  return lines.filter(({ updatedAt }) => updatedAt === null || updatedAt.getTime() === last);
}

function rankOf(lines: readonly DeliveredLine[]): number {
  return (lines[0] as DeliveredLine).rank;
}

/** Of lines that are alike, those of the file that has most of them. */
function mostCopies(lines: readonly DeliveredLine[]): readonly DeliveredLine[] {
  const alike = grouped(lines, (line) =>
    JSON.stringify([
      ...[line.orderedAt, line.customerId, line.channel, line.store, line.productId],
      ...[
        line.quantity,
        line.discount,
        line.amount,
        line.shippingCharged ?? 0,
        line.status,
        line.kind,
      ],
    ]),
  );
  return [...alike.values()].flatMap((same) =>
    [...grouped(same, ({ rank }) => String(rank)).values()].reduce((a, b) =>
      b.length > a.length ? b : a,
    ),
  );
}
