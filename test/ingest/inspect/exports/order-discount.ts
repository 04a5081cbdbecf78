import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 5 + 60 − 10 = 55; 20; 2 × 15 − 3 = 27.
export const orderDiscount: MadeUpExport = {
  file: 'orders.csv',
  net: '102.00',
  content: linesOf(`
Order Number,Created,Customer ID,SKU,Qty,Unit Price,Order Discount,Order Total
#1,2024-03-01,A,X,1,5.00,10.00,55.00
#1,2024-03-01,A,Y,1,60.00,,
#2,2024-03-02,B,X,4,5.00,0.00,20.00
#3,2024-03-03,C,Z,2,15.00,3.00,27.00
`),
};
