import { type Feed, feedColumns } from '../feeds/feed.ts';
import { type Column, count, decimalSum, flag, money, text } from './contract.ts';

type Columns = Readonly<Record<string, Column>>;

/** Columns that a record has as its feed describes them. */
export function carried(feed: Feed, names: readonly string[]): Columns {
  const columns = feedColumns(feed);
  return Object.fromEntries(
    names.map((name) => {
      const column = columns[name];
      if (column === undefined) throw new Error(`the feed ${feed.name} has no column ${name}`);
      return [name, column];
    }),
  );
}

/** Where a record comes from. */
export const origin = {
  load_id: text('The load that accepted the row'),
  record_number: count('records', "The record's place in its file, from 1"),
  source: text('System that exported the row; empty text when it has no name'),
} as const satisfies Columns;

/** Whom a record refers to: the customer's id, else the e-mail, the loyalty card, the phone number. */
export const reference = {
  reference_kind: text('source_id, email, loyalty_id or phone'),
  reference_source: text('System whose id it is; empty text for what is the same everywhere'),
  reference_value: text('The identifier itself, normalised', { pii: 'direct' }),
} as const satisfies Columns;

export const orderReference: Columns = {
  ...reference,
  reference_kind: { ...reference.reference_kind, nullable: true },
  reference_value: { ...reference.reference_value, nullable: true },
};

/** What a line says of goods; cancelled, open and other kinds of lines are neither. */
export const goods: Columns = {
  is_sale: flag('Goods were sold: the quantity, and the amount before discount, is not negative'),
  is_return: flag('Goods came back: the quantity, or the amount before discount, is negative'),
};

/** Money of the currency that the line names. */
export function amount<N extends boolean = false>(
  comment: string,
  options: { readonly nullable?: N } = {},
): Column {
  return { ...money(comment, options), unit: "the line's currency" };
}

export function required(columns: Columns): Columns {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, { ...column, nullable: false }]),
  );
}

/** The same added up. */
export function amountSum(comment: string, options: { readonly nullable?: boolean } = {}): Column {
  return decimalSum("the line's currency", comment, options);
}
