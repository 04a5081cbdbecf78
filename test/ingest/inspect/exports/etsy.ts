import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 3.50 = 7; 8 − 0.80 = 7.20; 3.50.
export const etsy: MadeUpExport = {
  file: 'EtsySoldOrderItems2024.csv',
  net: '17.70',
  content: linesOf(`
Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship City,Ship Country,Order ID,Variations
03/14/24,"Fox, small",ann,2,3.50,,0.00,0.00,2.90,0.00,7.00,EUR,111,901,03/14/24,03/16/24,Bonn,Germany,5000001,
03/14/24,Owl,ann,1,8.00,SAVE,0.80,0.00,2.90,0.00,8.00,EUR,112,902,03/14/24,03/16/24,Bonn,Germany,5000001,
12/31/24,"Fox, small",bob,1,3.50,,0.00,0.00,2.90,0.00,3.50,EUR,113,901,12/31/24,12/31/24,Graz,Austria,5000002,
`),
};
