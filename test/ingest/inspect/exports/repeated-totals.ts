import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 10 + 5 = 25; 30; 3 × 4 + 8 = 20; 6 + 7 = 13; the total holds 5 of shipping and is the order's.
export const repeatedTotals: MadeUpExport = {
  file: 'lines.csv',
  net: '88.00',
  content: linesOf(`
order_id,date,customer_id,sku,quantity,unit_price,order_shipping,order_total
1,2024-03-01,A,X,2,10.00,5.00,30.00
1,2024-03-01,A,Y,1,5.00,5.00,30.00
2,2024-03-02,B,Z,1,30.00,5.00,35.00
3,2024-03-03,C,V,3,4.00,0.00,20.00
3,2024-03-03,C,W,1,8.00,0.00,20.00
4,2024-03-04,A,X,1,6.00,5.00,18.00
4,2024-03-04,A,Y,1,7.00,5.00,18.00
`),
};
