import { orderLine, salesOrder } from '../../tables/facts.ts';
import { kpiSnapshot } from '../../tables/kpis.ts';
import { type Stage, sqlStep } from '../stage.ts';

export const kpis: Stage = {
  name: 'kpis',
  steps: [sqlStep(kpiSnapshot, { reads: [orderLine, salesOrder], beside: import.meta.url })],
};
