import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 20 − 2 = 18; 15; 30 − 4.50 = 25.50.
export const lineDiscount: MadeUpExport = {
  file: 'lines.csv',
  net: '58.50',
  content: linesOf(`
Order,Date,Customer No,Article No,Quantity,Price,Discount,Line Total
1,2024-03-01,A,X,2,10.00,2.00,18.00
1,2024-03-01,A,Y,3,5.00,0.00,15.00
2,2024-03-02,B,Z,1,30.00,4.50,25.50
`),
};
