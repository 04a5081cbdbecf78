import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 20 + 60 − 10 = 90; A-2: 30, voided; A-3: 20 refunded with its tax: 0.
export const shopify: MadeUpExport = {
  file: 'orders_export.csv',
  net: '90.00',
  content: linesOf(`
Name,Email,Financial Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Refunded Amount,Id
#A-1,ann@shop.test,paid,EUR,90.00,5.00,9.00,104.00,TEN,10.00,2024-03-01 10:00:00 +0100,2,Cup,20.00,CUP,0.00,1
#A-1,ann@shop.test,,,,,,,,,2024-03-01 10:00:00 +0100,1,Pot,60.00,POT,,
#A-2,bob@shop.test,voided,EUR,30.00,0.00,3.00,33.00,,0.00,2024-03-02 10:00:00 +0100,1,Mug,30.00,MUG,0.00,2
#A-3,cat@shop.test,refunded,EUR,20.00,0.00,2.00,22.00,,0.00,2024-03-03 10:00:00 +0100,1,Cup,20.00,CUP,22.00,3
`),
};
