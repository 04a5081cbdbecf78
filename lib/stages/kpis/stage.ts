import { modelQuality } from '../../tables/back-test.ts';
import { customerFeatures, history } from '../../tables/features.ts';
import { modelFit, purchaseCount, spendCount, totalForecast } from '../../tables/fit.ts';
import { kpiTables } from '../../tables/kpis.ts';
import { segmentMember } from '../../tables/segments.ts';
import { type Stage, sqlStep } from '../stage.ts';
import { totalForecastRows } from './total-forecast.ts';

/** Each of its tables reads what its text names: a new one is a text and a contract. */
export const kpis: Stage = {
  name: 'kpis',
  steps: [
    ...kpiTables.map((table) => sqlStep(table, { beside: import.meta.url })),
    {
      kind: 'compute',
      name: 'total_forecast',
      reads: [
        history,
        customerFeatures,
        segmentMember,
        purchaseCount,
        spendCount,
        modelQuality,
        modelFit,
      ],
      writes: totalForecast,
      compute: totalForecastRows,
    },
  ],
};
