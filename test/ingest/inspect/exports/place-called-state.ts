import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 10.10 + 20.20 + 30.30; State is where they live.
export const placeCalledState: MadeUpExport = {
  file: 'orders.csv',
  net: '60.60',
  content: linesOf(`
Order ID,Order Date,Customer ID,City,State,Sales Amount
1,2024-03-01,A,Graz,Open,10.10
2,2024-03-02,B,Bonn,Hesse,20.20
3,2024-03-03,C,Ulm,Draft,30.30
`),
};
