import { sharedData } from '../../test/shared-data.ts';
import { dayOf, readDailyOrders } from './daily-orders.ts';
import { type ShopToJudge, shopOfDailyOrders } from './shops-to-judge.ts';

/** CDNOW and Online Retail with their cuts, where the data stand beside the project. */
export async function realShops(): Promise<ShopToJudge[]> {
  const shops: ShopToJudge[] = [];
  const cdnow = sharedData('cdnow/transactions.csv');
  if (cdnow !== null) {
    const opening = dayOf('1997-01-01');
    const orders = await readDailyOrders(cdnow, {
      customerColumn: 'customer_id',
      dateColumn: 'date',
    });
    const cut = (dayOf('1997-09-30') - opening) / 7;
    shops.push({ name: 'CDNOW', shop: shopOfDailyOrders(orders, opening), cut, end: cut + 39 });
  }
  const retail = sharedData('online-retail/online_retail.csv.gz');
  if (retail !== null) {
    const opening = dayOf('2010-12-01');
    const orders = await readDailyOrders(retail, {
      customerColumn: 'CustomerID',
      dateColumn: 'InvoiceDate',
      invoiceColumn: 'InvoiceNo',
    });
    const cut = (dayOf('2011-06-30') - opening) / 7;
    const end = (dayOf('2011-12-09') - opening) / 7;
    shops.push({ name: 'Online Retail', shop: shopOfDailyOrders(orders, opening), cut, end });
  }
  return shops;
}
