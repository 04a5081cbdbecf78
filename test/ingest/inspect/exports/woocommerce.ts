import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 100 − 10 = 90; 40; 25 is cancelled; 60 refunded by its status.
export const woocommerce: MadeUpExport = {
  file: 'orders.csv',
  net: '130.00',
  content: linesOf(`
order_id,order_number,order_date,status,shipping_total,shipping_tax_total,tax_total,cart_discount,order_discount,discount_total,order_total,order_subtotal,order_currency,payment_method,customer_id,customer_email
71,71,2024-03-01 09:12:00,completed,5.00,0.95,17.10,10.00,0.00,10.00,112.10,100.00,EUR,paypal,5,ann@shop.test
72,72,2024-03-02 10:12:00,processing,5.00,0.95,7.60,0.00,0.00,0.00,52.60,40.00,EUR,bacs,6,bob@shop.test
73,73,2024-03-03 11:12:00,cancelled,5.00,0.95,4.75,0.00,0.00,0.00,34.75,25.00,EUR,bacs,7,cat@shop.test
74,74,2024-03-04 12:12:00,refunded,0.00,0.00,11.40,0.00,0.00,0.00,71.40,60.00,EUR,paypal,5,ann@shop.test
`),
};
