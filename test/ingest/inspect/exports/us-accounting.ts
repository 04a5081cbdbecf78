import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 1,234.50 + 80.25 − 12.
export const usAccounting: MadeUpExport = {
  file: 'sales.csv',
  net: '1302.75',
  content: linesOf(`
Order ID,Order Date,Customer ID,Amount
1,"Jan 5, 2024, 3:04 PM",K1,"$1,234.50"
2,"Feb 6, 2024, 11:59 PM",K2,$80.25
3,"Feb 17, 2024, 9:10 AM",K2,($12.00)
`),
};
