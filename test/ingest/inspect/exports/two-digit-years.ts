import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 9.99 = 19.98; 5; 3 × 1.25 = 3.75.
export const twoDigitYears: MadeUpExport = {
  file: 'lines.csv',
  net: '28.73',
  content: linesOf(`
order_no,sold,customer,sku,qty,unit_price
9001,3/14/24,K1,A,2,9.99
9001,3/14/24,K1,B,1,5.00
9002,12/31/24,K2,C,3,1.25
`),
};
