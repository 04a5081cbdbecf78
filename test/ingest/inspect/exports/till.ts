import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 2 × 1,50 = 3,00; 4,20; one of 1,50 came back.
export const till: MadeUpExport = {
  file: 'bons.csv',
  net: '5.70',
  content: linesOf(`
Bonnr;Datum;Filiale;Artikelnr;Menge;Einzelpreis;Summe
1;01.03.2024 09:15;Nord;11;2;1,50;3,00
1;01.03.2024 09:15;Nord;12;1;4,20;4,20
2;31.03.2024 10:20;Nord;11;-1;1,50;-1,50
`),
};
