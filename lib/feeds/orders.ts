import { completePhone } from './complete-phone.ts';
import { allOf } from './completions.ts';
import type { Feed } from './feed.ts';
import { field } from './field.ts';
import { currency } from './kinds/code.ts';
import { email } from './kinds/email.ts';
import { identifier } from './kinds/identifier.ts';
import { instant } from './kinds/instant.ts';
import { decimalNumber, price } from './kinds/number.ts';
import { phone } from './kinds/phone.ts';
import { status } from './kinds/status.ts';
import { text } from './kinds/text.ts';
import { completeOrderLine } from './order-amounts.ts';
import { inReportingCurrency } from './reporting-currency.ts';

const unit = "the line's currency";

/** Order lines. A line without any customer reference is an anonymous sale. */
export const orders: Feed = {
  name: 'orders',
  grain: 'order line',
  version: 2,
  fields: {
    ordered_at: field(instant, 'When the order was placed.', { required: true }),
    order_id: field(
      identifier,
      "Number of the order. Without it a customer's lines at the same instant are one order.",
    ),
    line_id: field(identifier, 'Number of the line within its order.'),
    customer_id: field(identifier, "The customer's number in the exporting system.", {
      pii: 'indirect',
      identifies: 'source_id',
    }),
    email: field(email, "The customer's e-mail address, in lower case.", {
      pii: 'direct',
      identifies: 'email',
    }),
    phone: field(phone, "The customer's phone number.", { pii: 'direct', identifies: 'phone' }),
    channel: field(text, 'Where the order was placed: web, store, marketplace.'),
    store: field(text, 'The shop or site.'),
    currency: field(
      currency,
      'Currency of all amounts of the line: the reporting one, as NULL is too.',
    ),
    product_id: field(identifier, 'The product, as in the products feed.'),
    quantity: field(decimalNumber, 'Units sold; negative for a return.', { unit: 'units' }),
    unit_price: field(price, 'Price of one unit before discount and tax.', { unit }),
    discount: field(decimalNumber, 'What was taken off the line, before tax.', { unit }),
    amount: field(decimalNumber, 'The line after discount, before tax; negative for a return.', {
      unit,
    }),
    shipping_charged: field(decimalNumber, 'Shipping that the customer paid, before tax.', {
      unit,
    }),
    tax: field(decimalNumber, 'Tax on the line.', { unit }),
    status: field(status, 'State of the order; cancelled ones count nowhere.'),
    updated_at: field(instant, 'When the line was last changed: the greater one wins.'),
  },
  completed: ['quantity', 'discount', 'amount'],
  completion: allOf([completePhone({ hasCountry: false }), inReportingCurrency, completeOrderLine]),
  added: {},
  hasAttributes: false,
};
