import type { Feed } from '../../feeds/feed.ts';
import { editDistance } from '../../feeds/nearest.ts';

/** What exports call the columns of the feeds, in letters and digits alone. */
const otherNames: Readonly<Record<string, string>> = {
  ordered_at:
    'date orderdate invoicedate createdat purchasedate datum bestelldatum datecommande time',
  order_id: 'order orderno ordernumber invoice invoiceno name transactionid bestellnummer commande',
  line_id: 'line lineno lineitemid itemid',
  customer_id: 'customer customerno client clientid userid memberid kunde kundennr kundennummer',
  email: 'emailaddress mail customeremail courriel',
  phone: 'phonenumber telephone mobile tel telefon',
  product_id: 'product sku itemsku stockcode articleno artikel article lineitemsku',
  quantity: 'qty units itemssold menge lineitemquantity quantite',
  unit_price: 'price itemprice preis lineitemprice prix prixunitaire',
  discount: 'discountamount rabatt remise',
  amount: 'total netsales linetotal sales revenue spend betrag umsatz montant',
  tax: 'taxes vat mwst tva',
  shipping_charged: 'shipping shippingprice postage versand',
  status: 'orderstatus financialstatus state',
  channel: 'saleschannel sourcename',
  store: 'shop location storename filiale',
  first_name: 'firstname givenname vorname prenom',
  last_name: 'lastname surname familyname nachname nom',
  postcode: 'zip zipcode postalcode plz codepostal',
  city: 'town ort ville',
  country: 'countrycode land pays',
  birth_date: 'birthday dateofbirth dob geburtsdatum',
  created_at: 'signup registered customersince',
  unit_cost: 'cost costprice purchaseprice',
  name: 'title productname description',
};

/**
 * Columns of a feed and the headers of a file that seem to mean them, to be looked over and pasted
 * into the configuration: equal in letters, a known other name, or one or two letters away.
 */
export function suggestMapping(feed: Feed, headers: readonly string[]): Record<string, string> {
  const free = new Set(headers.filter((header) => header !== ''));
  const columns: Record<string, string> = {};
  for (const isFit of [isSame, isKnown, isNear]) {
    for (const column of Object.keys(feed.fields)) {
      const found =
        column in columns ? undefined : [...free].find((header) => isFit(column, header));
      if (found === undefined) continue;
      columns[column] = found;
      free.delete(found);
    }
  }
  return columns;
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function isSame(column: string, header: string): boolean {
  return plain(column) === plain(header);
}

function isKnown(column: string, header: string): boolean {
  return otherNames[column]?.split(' ').includes(plain(header)) ?? false;
}

function isNear(column: string, header: string): boolean {
  const [left, right] = [plain(column), plain(header)];
  return left.length > 4 && editDistance(left, right) <= 2;
}
