import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 100 − 10 = 90; 40; 20.
export const subtotalAndTotal: MadeUpExport = {
  file: 'orders.csv',
  net: '150.00',
  content: linesOf(`
Order #;Order date;Customer;Subtotal;Discount;Shipping;Tax;Total
1;03/14/2024;A;100.00;10.00;5.00;7.20;102.20
2;03/15/2024;B;40.00;0.00;0.00;3.20;43.20
3;03/16/2024;C;20.00;0.00;5.00;1.60;26.60
`),
};
