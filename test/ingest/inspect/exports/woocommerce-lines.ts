import { linesOf, type MadeUpExport } from './made-up-export.ts';

// A line each: 50 − 5, 30 and 23; pieces less those that came back are no refund of money.
export const woocommerceLines: MadeUpExport = {
  file: 'orders.csv',
  net: '98.00',
  content: linesOf(`
Order Number,Order Date,Order Status,Customer User ID,Email (Billing),SKU,Quantity (- Refund),Item Cost,Order Line Subtotal,Order Line Discount,Order Line Total,Order Shipping Amount,Order Total Amount
501,2024-07-01,Completed,11,ann@shop.test,S1,2,25.00,50.00,5.00,45.00,6.00,81.00
501,2024-07-01,Completed,11,ann@shop.test,S2,1,30.00,30.00,0.00,30.00,6.00,81.00
502,2024-07-02,Processing,12,bob@shop.test,S3,1,23.00,23.00,0.00,23.00,6.00,29.00
`),
};
