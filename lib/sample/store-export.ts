import { dateOf, dayOf } from './calendar.ts';
import { type Cell, csvRecord, moneyText } from './csv.ts';
import { amountOf, type SampleOrder } from './order.ts';
import type { Person } from './person.ts';

/** The tills speak German: semicolons, decimal commas, day.month.year, Windows line ends. */
const dialect = { delimiter: ';', lineEnd: '\r\n' } as const;

function record(cells: readonly Cell[]): string {
  return csvRecord(cells, dialect);
}

function germanDate(day: number): string {
  const [year, month, dayOfMonth] = dateOf(day).split('-');
  return `${dayOfMonth}.${month}.${year}`;
}

export const storeSaleHeader = record([
  'Datum',
  'Filiale',
  'Bon-Nr',
  'Kundenkarte',
  'Artikel',
  'Menge',
  'Einzelpreis',
  'Rabatt',
  'Umsatz netto',
]);

const branches = ['Strasbourg Krutenau', 'Lyon Presqu’île', 'Köln Südstadt'];

/** The tills numbered no receipts before they were replaced. */
const numberedFrom = dayOf('2023-04-01');

/** The number of a customer's loyalty card, by which the tills know them. */
function loyaltyCard(person: Person): string {
  return `90${String(person.index + 1).padStart(6, '0')}`;
}

/** The records of one sale or return at a till, one a line. */
export function storeSaleRecords(order: SampleOrder, receiptNumber: number): string {
  const branch = branches[(order.person?.index ?? order.secondOfDay) % branches.length] as string;
  const receipt = `K${dateOf(order.day).slice(2, 4)}/${String(receiptNumber).padStart(6, '0')}`;
  const records = order.lines.map((line) =>
    record([
      germanDate(order.day),
      branch,
      order.day < numberedFrom ? null : receipt,
      order.person === null ? null : loyaltyCard(order.person),
      line.productId,
      line.quantity,
      moneyText(line.unitPrice, ','),
      moneyText(line.discount, ','),
      moneyText(amountOf(line), ','),
    ]),
  );
  return records.join('');
}

export const storeCustomerHeader = record([
  'Kundenkarte',
  'Vorname',
  'Nachname',
  'E-Mail',
  'Telefon',
  'PLZ',
  'Ort',
  'Land',
  'Angelegt',
  'Werbung erlaubt',
]);

/** What a customer said at the till: the e-mail of the web shop in another spelling, or none. */
function emailAtTill(person: Person): string | null {
  if (person.index % 10 >= 7) return null;
  if (person.index % 3 === 0) return ` ${person.email.toUpperCase()}`;
  if (person.index % 3 === 1)
    return `${person.email.slice(0, 1).toUpperCase()}${person.email.slice(1)} `;
  return person.email;
}

/** The record of one loyalty card, given out on that day. */
export function storeCustomerRecord(person: Person, joinedOn: number): string {
  return record([
    loyaltyCard(person),
    person.firstName,
    person.lastName,
    emailAtTill(person),
    person.phone?.replace(/(..)(?=.)/g, '$1 ') ?? null,
    person.postcode,
    person.town,
    person.country,
    germanDate(joinedOn),
    person.consents[0] ? 'ja' : 'nein',
  ]);
}
