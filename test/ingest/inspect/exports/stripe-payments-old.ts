import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 1,234.56; 20 − 5 = 15; 9.99 failed.
export const stripePaymentsOld: MadeUpExport = {
  file: 'payments.csv',
  net: '1249.56',
  content: linesOf(`
id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Converted Amount Refunded,Fee,Converted Currency,Mode,Status,Customer ID,Customer Email,Captured
ch_1,,Payment complete.,2023-03-14 12:00,"1,234.56",0.00,usd,"1,234.56",0.00,36.10,usd,Live,Paid,cus_1,ann@shop.test,true
ch_2,,Payment complete.,2023-03-15 09:30,20.00,5.00,usd,20.00,5.00,0.88,usd,Live,Paid,cus_2,bob@shop.test,true
ch_3,,Declined.,2023-03-16 09:30,9.99,0.00,usd,9.99,0.00,0.00,usd,Live,Failed,cus_3,cat@shop.test,false
`),
};
