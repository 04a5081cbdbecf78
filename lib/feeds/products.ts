import type { Feed } from './feed.ts';
import { field } from './field.ts';
import { identifier } from './kinds/identifier.ts';
import { price } from './kinds/number.ts';
import { text } from './kinds/text.ts';
import { wholeNumber } from './kinds/whole-number.ts';

const unit = 'reporting currency';

/** The range of products, with what each costs. */
export const products: Feed = {
  name: 'products',
  grain: 'product',
  version: 2,
  fields: {
    product_id: field(identifier, 'The product, as in the orders feed.', { required: true }),
    name: field(text, 'Name.', { emptyWords: 'name' }),
    category: field(text, 'Category.'),
    range_rank: field(wholeNumber, 'Place in the range: 1 is its entry.', { unit: 'rank' }),
    unit_cost: field(price, 'What one unit costs the company, before tax.', {
      unit,
      isBearing: true,
    }),
    list_price: field(price, 'List price of one unit, before tax.', { unit }),
  },
  completed: [],
  completion: null,
  added: {},
  hasAttributes: false,
};
