import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 20 − 2 = 18; 7.50; 7.50 came back; 12.
export const squareTransactions: MadeUpExport = {
  file: 'transactions.csv',
  net: '30.00',
  content: linesOf(`
Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,Card,Cash,Fees,Net Total,Transaction ID,Payment ID,Event Type,Location,Customer ID
2024-03-01,10:15:00,Eastern Time (US & Canada),$20.00,-$2.00,$0.00,$18.00,$0.00,$1.60,$1.00,$0.00,$20.60,Register,$20.60,$0.00,-$0.64,$19.96,T1,P1,Payment,Main,C1
2024-03-01,11:15:00,Eastern Time (US & Canada),$7.50,$0.00,$0.00,$7.50,$0.00,$0.67,$0.00,$0.00,$8.17,Register,$0.00,$8.17,$0.00,$8.17,T2,P2,Payment,Main,
2024-03-02,09:00:00,Eastern Time (US & Canada),-$7.50,$0.00,$0.00,-$7.50,$0.00,-$0.67,$0.00,$0.00,-$8.17,Register,$0.00,-$8.17,$0.00,-$8.17,T3,P3,Refund,Main,
2024-03-03,09:00:00,Eastern Time (US & Canada),$12.00,$0.00,$0.00,$12.00,$0.00,$1.07,$0.50,$0.00,$13.57,Register,$13.57,$0.00,-$0.45,$13.12,T4,P4,Payment,Main,C2
`),
};
