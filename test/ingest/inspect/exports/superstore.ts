import { linesOf, type MadeUpExport } from './made-up-export.ts';

// Sales are after discount: 80 + 50 + 40 + 50; State is a place.
export const superstore: MadeUpExport = {
  file: 'superstore.csv',
  net: '220.00',
  content: linesOf(`
Order ID,Order Date,Customer ID,State,Product ID,Sales,Quantity,Discount
A-1,3/14/2024,K1,Bavaria,P1,80.00,2,0.2
A-2,3/15/2024,K2,Void,P2,50.00,1,0
A-3,3/16/2024,K1,Cancelled County,P2,40.00,1,0.2
A-4,3/17/2024,K3,Hesse,P2,50.00,1,0
`),
};
