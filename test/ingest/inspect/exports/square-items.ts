import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 7.00 − 0.70 = 6.30; 3.50; 4.25 twice.
export const squareItems: MadeUpExport = {
  file: 'items.csv',
  net: '18.30',
  content: linesOf(`
Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Event Type,Location,Customer ID
3/1/2024,10:15:00,Eastern Time (US & Canada),Coffee,Latte,2.0,Regular,LAT,,$7.00,-$0.70,$6.30,$0.56,T1,P1,Till 1,Payment,Main,C1
3/1/2024,10:15:00,Eastern Time (US & Canada),Cake,Muffin,1.0,Regular,MUF,,$3.50,$0.00,$3.50,$0.31,T1,P1,Till 1,Payment,Main,C1
3/14/2024,11:15:00,Eastern Time (US & Canada),Cake,Brownie,2.0,Regular,BRO,,$8.50,$0.00,$8.50,$0.76,T2,P2,Till 1,Payment,Main,C2
`),
};
