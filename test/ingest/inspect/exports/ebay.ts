import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 10 = 20; 15; 7.25.
export const ebay: MadeUpExport = {
  file: 'ebay-orders.csv',
  net: '42.25',
  content: linesOf(`
Orders report,,,,,,,,
Order Number,Buyer Username,Sale Date,Item Title,Quantity,Sold For,Shipping And Handling,Seller Collected Tax,Total Price
12-1,ann_1,Mar-14-24,Cup,2,$10.00,$4.00,$1.60,$25.60
12-2,bob_2,Mar-15-24,Pot,1,$15.00,$4.00,$1.20,$20.20
12-3,cat_3,Apr-02-24,Mug,1,$7.25,$0.00,$0.58,$7.83
3 record(s) downloaded,,,,,,,,
`),
};
