import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 50 − 20; 80; 30 − 30.
export const refundColumn: MadeUpExport = {
  file: 'orders.csv',
  net: '110.00',
  content: linesOf(`
Order Number,Order Date,Customer,Amount,Refund
1,2024-03-01,A,50.00,20.00
2,2024-03-02,B,80.00,0.00
3,2024-03-03,C,30.00,30.00
`),
};
