import { linesOf, type MadeUpExport } from './made-up-export.ts';

// SKU-12 is no number beside a currency; 2 × 10 + 5, and 10.
export const codesLikeMoney: MadeUpExport = {
  file: 'orders.csv',
  net: '35.00',
  content: linesOf(`
Order ID,Order Date,Customer ID,SKU,Qty,Unit price
ORD-1,2024-01-31,CUS-7,SKU-12,2,10.00
ORD-1,2024-01-31,CUS-7,SKU-13,1,5.00
ORD-2,2024-02-01,CUS-8,SKU-12,1,10.00
`),
};
