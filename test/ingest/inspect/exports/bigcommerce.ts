import { linesOf, type MadeUpExport } from './made-up-export.ts';

// Before tax by its name: 100 + 45; with tax 108 and 48.60.
export const bigcommerce: MadeUpExport = {
  file: 'orders.csv',
  net: '145.00',
  content: linesOf(`
Order ID,Customer ID,Customer Email,Order Date,Order Status,Subtotal (inc tax),Subtotal (ex tax),Tax Total,Shipping Cost (inc tax),Shipping Cost (ex tax),Order Total (inc tax),Order Total (ex tax),Order Currency Code
101,1,ann@shop.test,07/01/2024,Completed,108.00,100.00,8.00,10.80,10.00,118.80,110.00,USD
102,2,bob@shop.test,07/13/2024,Shipped,48.60,45.00,3.60,10.80,10.00,59.40,55.00,USD
`),
};
