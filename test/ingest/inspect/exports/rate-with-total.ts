import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 20 × 0.9 = 18; 15; 40 × 0.75 = 30.
export const rateWithTotal: MadeUpExport = {
  file: 'lines.csv',
  net: '63.00',
  content: linesOf(`
Order,Date,Customer No,Article No,Quantity,Price,Discount,Line Total
1,2024-03-01,A,X,2,10.00,0.1,18.00
1,2024-03-01,A,Y,3,5.00,0,15.00
2,2024-03-02,B,Z,1,40.00,0.25,30.00
`),
};
