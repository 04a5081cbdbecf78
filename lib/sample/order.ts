import type { Person } from './person.ts';

/** A line of the sample shop. Money is in cents and before tax. */
export interface SampleLine {
  readonly productId: string;
  /** Negative: a return. */
  readonly quantity: number;
  readonly unitPrice: number;
  /** Off the whole line; 0 on a return. */
  readonly discount: number;
}

/** What happens in the shop, before any system writes it down. */
export interface SampleOrder {
  readonly day: number;
  readonly secondOfDay: number;
  readonly channel: 'web' | 'store';
  /** Null: an anonymous sale. */
  readonly person: Person | null;
  readonly lines: readonly SampleLine[];
  readonly isCancelled: boolean;
}

/** Of the line after discount, before tax, in cents. */
export function amountOf(line: SampleLine): number {
  return line.quantity * line.unitPrice - line.discount;
}

export function isReturn(order: SampleOrder): boolean {
  return order.lines.every((line) => line.quantity < 0);
}
