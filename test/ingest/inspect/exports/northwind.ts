import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 10 × 3 × 0.9 = 27; 5 × 2 = 10; 10 × 2 × 0.8 = 16; 4 × 6 = 24; 25 × 2 × 0.85 = 42.50; 40 × 0.95 = 38; 8 × 5 × 0.75 = 30.
export const northwind: MadeUpExport = {
  file: 'order_lines.csv',
  net: '187.50',
  content: linesOf(`
orderID,customerID,orderDate,freight,productID,unitPrice,quantity,discount
1,AAA,14/03/2024,4.50,11,10.00,3,0.1
1,AAA,14/03/2024,4.50,12,5.00,2,0
2,BBB,15/03/2024,7.25,11,10.00,2,0.2
2,BBB,15/03/2024,7.25,13,4.00,6,0
3,CCC,16/03/2024,3.10,14,25.00,2,0.15
4,AAA,17/03/2024,0.90,15,40.00,1,0.05
4,AAA,17/03/2024,0.90,16,8.00,5,0.25
`),
};
