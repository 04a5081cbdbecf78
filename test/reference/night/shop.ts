/** Money, prices and pieces: whole ten-thousandths, so that sums are exact. */
export type Units = number;

export const one = 10_000;

/** What the words of a status column are taken for. */
export type Status = 'sold' | 'open' | 'cancelled' | 'given_back';

/** An order line as it was accepted; what a file leaves out is null. */
export interface AcceptedLine {
  readonly orderedAt: Date;
  readonly orderId: string | null;
  readonly lineId: string | null;
  readonly customerId: string | null;
  readonly channel: string | null;
  readonly store: string | null;
  readonly productId: string | null;
  readonly quantity: Units;
  readonly discount: Units;
  readonly amount: Units;
  readonly shippingCharged: Units | null;
  readonly status: Status;
  readonly kind: 'sale' | 'gift_card' | 'fee' | 'shipping' | 'tip';
  readonly updatedAt: Date | null;
}

interface AcceptedProduct {
  readonly productId: string;
  readonly category: string | null;
  readonly unitCost: Units | null;
}

/** One file, in the order of its records; a shop is delivered them in turn. */
export interface OrderFile {
  readonly source: string;
  readonly deliveredAt: Date;
  readonly lines: readonly AcceptedLine[];
}

interface ProductFile {
  readonly products: readonly AcceptedProduct[];
}

/** What a night is made of. */
export interface Shop {
  readonly orderFiles: readonly OrderFile[];
  readonly productFiles: readonly ProductFile[];
  readonly asOf: string;
  readonly timeZone: string;
  readonly marginRate: number;
}

/** Whom a line refers to, as the night knows them: null is nobody. */
export type CustomerOf = (line: { readonly source: string } & AcceptedLine) => string | null;
