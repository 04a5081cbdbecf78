/**
 * How Clientele reads the files of the sample shop: the content of its `clientele.config.json`. The
 * files of the web shop have the feeds' own columns, so only those of the stores need a mapping.
 */
export const sampleConfiguration = {
  currency: 'EUR',
  time_zone: 'Europe/Paris',
  margin_rate: 0.55,
  discount_rate: 0.1,
  sources: {
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
