import { countDays, dateOf, instantOf } from './calendar.ts';
import { catalogue } from './catalogue.ts';
import { type Cell, csvRecord, moneyText } from './csv.ts';
import { amountOf, isReturn, type SampleOrder } from './order.ts';
import type { Person } from './person.ts';

/** The web shop writes Clientele's own columns: its files need no mapping. */
const dialect = { delimiter: ',', lineEnd: '\n' } as const;

function record(cells: readonly Cell[]): string {
  return csvRecord(cells, dialect);
}

export const webOrderHeader = record([
  'order_id',
  'line_id',
  'ordered_at',
  'customer_id',
  'email',
  'channel',
  'currency',
  'product_id',
  'quantity',
  'unit_price',
  'discount',
  'amount',
  'shipping_charged',
  'tax',
  'status',
  'updated_at',
]);

const freeShippingFrom = 4900;
const shippingCharge = 490;
const taxPercent = 20;

/** The id by which the web shop knows a customer. */
function webCustomerId(person: Person): string {
  return `C${String(person.index + 1).padStart(6, '0')}`;
}

/** How often a customer orders as a guest, who leaves an e-mail and no id: one order in 25. */
function isGuestOrder(person: Person, orderNumber: number): boolean {
  return person.index % 5 === 3 && orderNumber % 5 === 0;
}

/** When a system wrote an order down, and whether it knew by then that it was cancelled. */
export interface Writing {
  readonly orderNumber: number;
  readonly status: 'completed' | 'cancelled';
  readonly updatedAfterDays: number;
}

/** The records of one order of the web shop, one a line. */
export function webOrderRecords(order: SampleOrder, writing: Writing): string {
  const person = order.person as Person;
  const total = order.lines.reduce((sum, line) => sum + amountOf(line), 0);
  const prefix = isReturn(order) ? 'R' : 'W';
  const orderId = `${prefix}${dateOf(order.day).slice(0, 4)}-${String(writing.orderNumber).padStart(6, '0')}`;
  const shipping = total < freeShippingFrom && !isReturn(order) ? shippingCharge : 0;
  const updatedOn = Math.min(order.day + writing.updatedAfterDays, countDays - 1);
  const records = order.lines.map((line, place) => {
    const amount = amountOf(line);
    return record([
      orderId,
      place + 1,
      instantOf(order.day, order.secondOfDay),
      isGuestOrder(person, writing.orderNumber) ? null : webCustomerId(person),
      person.email,
      'web',
      'EUR',
      line.productId,
      line.quantity,
      moneyText(line.unitPrice, '.'),
      moneyText(line.discount, '.'),
      moneyText(amount, '.'),
      moneyText(place === 0 ? shipping : 0, '.'),
      moneyText(Math.round((amount * taxPercent) / 100), '.'),
      writing.status,
      instantOf(updatedOn, order.secondOfDay),
    ]);
  });
  return records.join('');
}

export const webCustomerHeader = record([
  'customer_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'birth_date',
  'address',
  'postcode',
  'city',
  'country',
  'created_at',
  'acquisition_channel',
  'acquisition_campaign',
  'consent_email',
  'consent_sms',
  'consent_ads',
  'updated_at',
  'attr_profession',
]);

/** The record of one customer of the web shop, who joined on that day. */
export function webCustomerRecord(person: Person, joinedOn: number): string {
  const [consentEmail, consentSms, consentAds] = person.consents;
  return record([
    webCustomerId(person),
    person.email,
    person.phone === null ? null : `+33${person.phone.slice(1)}`,
    person.firstName,
    person.lastName,
    person.birthDate,
    person.address,
    person.postcode,
    person.town,
    person.country,
    instantOf(joinedOn, 6 * 3600),
    person.acquisitionChannel,
    person.acquisitionCampaign,
    String(consentEmail),
    String(consentSms),
    String(consentAds),
    instantOf(joinedOn, 7 * 3600),
    person.isProfessional ? 'café or restaurant' : null,
  ]);
}

const productHeader = record([
  'product_id',
  'name',
  'category',
  'range_rank',
  'unit_cost',
  'list_price',
]);

/** The whole product file. */
export function webProducts(): string {
  const records = catalogue
    .flat()
    .map((product) =>
      record([
        product.productId,
        product.name,
        product.category,
        product.rangeRank,
        product.unitCost === null ? null : moneyText(product.unitCost, '.'),
        moneyText(product.listPrice, '.'),
      ]),
    );
  return productHeader + records.join('');
}
