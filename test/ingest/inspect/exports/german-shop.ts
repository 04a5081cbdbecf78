import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 1.234,50 + 9,90 − 9,90.
export const germanShop: MadeUpExport = {
  file: 'bestellungen.csv',
  net: '1234.50',
  content: linesOf(`
Bestellnr;Datum;Kundennr;E-Mail;Betrag;Menge
1001;5.1.2024;K-1;ann@shop.test;1.234,50 €;1
1002;31.12.2024;K-2;bob@shop.test;9,90 €;2
1003;1.2.2024;K-3;cat@shop.test;-9,90 €;-1
`),
};
