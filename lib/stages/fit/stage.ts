import { customerFeatures } from '../../tables/features.ts';
import { modelFit, modelScore, purchaseCount, spendCount } from '../../tables/fit.ts';
import { type Stage, sqlStep } from '../stage.ts';
import { modelFitRows } from './model-fit.ts';
import { modelScoreRows } from './model-score.ts';

const beside = import.meta.url;

export const fit: Stage = {
  name: 'fit',
  steps: [
    sqlStep(purchaseCount, { reads: [customerFeatures], beside }),
    sqlStep(spendCount, { reads: [customerFeatures], beside }),
    {
      kind: 'compute',
      name: 'model_fit',
      reads: [purchaseCount, spendCount],
      writes: modelFit,
      compute: modelFitRows,
    },
    {
      kind: 'compute',
      name: 'model_score',
      reads: [purchaseCount, modelFit],
      writes: modelScore,
      compute: modelScoreRows,
    },
  ],
};
