import { webCustomerColumns, webOrderColumns, webProductColumns } from './web-export.ts';

/** A mapping of columns that have the names of the feed already. */
function sameNames(columns: readonly string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, column]));
}

/** How Clientele reads the files of the sample shop: the content of its `clientele.config.json`. */
export const sampleConfiguration = {
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  margin_rate: 0.55,
  discount_rate: 0.1,
  sources: {
    web: {
      orders: { columns: sameNames(webOrderColumns) },
      customers: { delivers: 'snapshot', columns: sameNames(webCustomerColumns) },
      products: { delivers: 'snapshot', columns: sameNames(webProductColumns) },
    },
    store: {
      orders: {
        delimiter: ';',
        decimal: ',',
        date_format: 'DD.MM.YYYY',
        columns: {
          ordered_at: 'Datum',
          order_id: 'Bon-Nr',
          customer_id: 'Kundenkarte',
          channel: { value: 'store' },
          store: 'Filiale',
          currency: { value: 'EUR' },
          product_id: 'Artikel',
          quantity: 'Menge',
          unit_price: 'Einzelpreis',
          discount: 'Rabatt',
          amount: 'Umsatz netto',
        },
      },
      customers: {
        delivers: 'snapshot',
        delimiter: ';',
        date_format: 'DD.MM.YYYY',
        phone_country: 'FR',
        columns: {
          customer_id: 'Kundenkarte',
          loyalty_id: 'Kundenkarte',
          email: 'E-Mail',
          phone: 'Telefon',
          first_name: 'Vorname',
          last_name: 'Nachname',
          postcode: 'PLZ',
          city: 'Ort',
          country: 'Land',
          created_at: 'Angelegt',
          acquisition_channel: { value: 'store' },
          consent_email: { from: 'Werbung erlaubt', values: { ja: 'true', nein: 'false' } },
        },
      },
    },
  },
};
