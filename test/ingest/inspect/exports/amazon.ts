import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 40 − 4 = 36: item-price is the line's; the second is cancelled.
export const amazon: MadeUpExport = {
  file: 'all_orders.tsv',
  net: '36.00',
  content: linesOf(`
amazon-order-id	merchant-order-id	purchase-date	last-updated-date	order-status	sales-channel	product-name	sku	asin	item-status	quantity	currency	item-price	item-tax	shipping-price	shipping-tax	item-promotion-discount	ship-promotion-discount	ship-city	ship-country
111-1		2024-03-01T08:15:30+00:00	2024-03-02T08:15:30+00:00	Shipped	Amazon.de	Cup	CUP	B0	Shipped	2	EUR	40.00	6.39	3.99	0.64	4.00	0.00	Bonn	DE
111-2		2024-03-02T08:15:30+00:00	2024-03-02T09:15:30+00:00	Cancelled	Amazon.de	Pot	POT	B1	Cancelled	0								Graz	AT
`),
};
