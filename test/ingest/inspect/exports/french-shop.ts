import { linesOf, type MadeUpExport } from './made-up-export.ts';

// 1 234,56 + 89,90; 45,00 annulée.
export const frenchShop: MadeUpExport = {
  file: 'commandes.csv',
  net: '1324.46',
  content: linesOf(`
Numéro de commande;Date de commande;Client;Statut;Montant HT;TVA
F-1;14/03/2024;C1;Payée;1 234,56;246,91
F-2;15/03/2024;C2;Expédiée;89,90;17,98
F-3;16/03/2024;C3;Annulée;45,00;9,00
`),
};
