import { completePhone } from './complete-phone.ts';
import { allOf } from './completions.ts';
import type { Feed } from './feed.ts';
import { field } from './field.ts';
import { currency } from './kinds/code.ts';
import { email } from './kinds/email.ts';
import { identifier } from './kinds/identifier.ts';
import { instant } from './kinds/instant.ts';
import { lineKind } from './kinds/line-kind.ts';
import { money, price, quantity } from './kinds/number.ts';
import { phone } from './kinds/phone.ts';
import { status } from './kinds/status.ts';
import { text } from './kinds/text.ts';
import { completeOrderLine } from './order-amounts.ts';

const amount = { unit: "the line's currency", isBearing: true };
const reference = { emptyWords: 'reference' } as const;
const moment = { emptyWords: 'date', isBearing: true } as const;

/** Order lines. A line without any customer reference is an anonymous sale. */
export const orders: Feed = {
  name: 'orders',
  grain: 'order line',
  version: 4,
  fields: {
    ordered_at: field(instant, 'When the order was placed.', { required: true }),
    order_id: field(
      identifier,
      "Number of the order. Without it a customer's lines at the same instant are one order.",
      { isBearing: true },
    ),
    line_id: field(identifier, 'Number of the line within its order.', { isBearing: true }),
    customer_id: field(identifier, "The customer's number in the exporting system.", {
      ...reference,
      pii: 'indirect',
      identifies: 'source_id',
    }),
    email: field(email, "The customer's e-mail address, in lower case.", {
      ...reference,
      pii: 'direct',
      identifies: 'email',
    }),
    phone: field(phone, "The customer's phone number.", {
      ...reference,
      pii: 'direct',
      identifies: 'phone',
    }),
    channel: field(text, 'Where the order was placed: web, store, marketplace.'),
    store: field(text, 'The shop or site.', { isBearing: true }),
    currency: field(
      currency,
      'Currency of all amounts of the line; NULL is the reporting currency.',
      { isBearing: true },
    ),
    product_id: field(identifier, 'The product, as in the products feed.'),
    quantity: field(quantity, 'Units sold; negative for a return.', {
      unit: 'units',
      isBearing: true,
    }),
    unit_price: field(price, 'Price of one unit before discount and tax.', amount),
    discount: field(money, 'What was taken off the line, before tax.', amount),
    amount: field(money, 'The line after discount, before tax; negative for a return.', amount),
    shipping_charged: field(money, 'Shipping that the customer paid, before tax.', amount),
    tax: field(
      money,
      'Tax on the line. Taken off where amounts include tax; else no figure counts it.',
      amount,
    ),
    status: field(status, 'What the state of the order means; open and cancelled count nowhere.', {
      isBearing: true,
    }),
    updated_at: field(instant, 'When the line was last changed: the greater one wins.', moment),
    discount_code: field(
      text,
      'Code or voucher that the discount was given for. Kept; no figure counts it.',
    ),
    payment_fee: field(
      money,
      'What the payment cost the company. Kept; no figure counts it.',
      amount,
    ),
    kind: field(lineKind, 'What the line is; NULL is a sale, others count in no sales figure.', {
      isBearing: true,
    }),
    order_discount: field(
      money,
      'What was taken off the whole order and is not yet in its lines.',
      amount,
    ),
    order_subtotal: field(
      money,
      'What the lines come to after every discount, before tax and shipping, as the file tells it.',
      amount,
    ),
    order_shipping: field(money, 'Shipping of the whole order, before tax.', amount),
    order_tax: field(
      money,
      'Tax on the whole order, on top of its amounts. Kept; no figure counts it.',
      amount,
    ),
    order_refund: field(money, 'What was refunded of the whole order, before tax.', amount),
    refunded_at: field(instant, 'When it was refunded.', moment),
  },
  completed: ['quantity', 'discount', 'amount'],
  completion: allOf([completePhone({ hasCountry: false }), completeOrderLine]),
  added: {},
  hasAttributes: false,
  reference: { columns: ['customer_id', 'email', 'phone'], anchor: 'order_id' },
};
