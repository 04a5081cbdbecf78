import { kpiTables } from '../../tables/kpis.ts';
import { type Stage, sqlStep } from '../stage.ts';

/** Each of its tables reads what its text names: a new one is a text and a contract. */
export const kpis: Stage = {
  name: 'kpis',
  steps: kpiTables.map((table) => sqlStep(table, { beside: import.meta.url })),
};
