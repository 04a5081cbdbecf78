import { linesOf, type MadeUpExport } from './made-up-export.ts';

// Numbers of orders stand on all lines under one name, on the first alone under another.
export const shopifyFirstLineId: MadeUpExport = {
  file: 'orders_export.csv',
  net: '135.50',
  content: linesOf(`
Id,Subtotal,Shipping,Taxes,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Name,Email
501,85.50,4.99,6.84,97.33,2024-05-01 09:00:00 -0400,2,Mug,20.00,#1001,ann@shop.test
,,,,,2024-05-01 09:00:00 -0400,1,Pot,45.50,#1001,ann@shop.test
502,20.00,4.99,1.60,26.59,2024-05-02 09:00:00 -0400,1,Mug,20.00,#1002,bob@shop.test
503,30.00,0.00,2.40,32.40,2024-05-03 09:00:00 -0400,1,Tea,30.00,#1003,cat@shop.test
`),
};
