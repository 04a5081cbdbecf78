import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 100; 50 − 50; 70 failed; 80 − 20 = 60.
export const stripePayments: MadeUpExport = {
  file: 'unified_payments.csv',
  net: '160.00',
  content: linesOf(`
id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Converted Amount,Converted Amount Refunded,Converted Currency,Fee,Status,Customer ID,Customer Email
ch_a,2024-03-01 12:00:00,100.00,0.00,eur,TRUE,100.00,0.00,eur,3.20,Paid,cus_1,ann@shop.test
ch_b,2024-03-02 12:00:00,50.00,50.00,eur,TRUE,50.00,50.00,eur,1.80,Refunded,cus_2,bob@shop.test
ch_c,2024-03-03 12:00:00,70.00,0.00,eur,FALSE,70.00,0.00,eur,0.00,Failed,cus_3,cat@shop.test
ch_d,2024-03-04 12:00:00,80.00,20.00,eur,TRUE,80.00,20.00,eur,2.60,Paid,cus_1,ann@shop.test
`),
};
