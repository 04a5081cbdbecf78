import { customerFeatures } from '../../tables/features.ts';
import { modelFit, modelScore } from '../../tables/fit.ts';
import { customerValue } from '../../tables/value.ts';
import { type Stage, sqlStep } from '../stage.ts';

export const value: Stage = {
  name: 'value',
  steps: [
    sqlStep(customerValue, {
      reads: [customerFeatures, modelFit, modelScore],
      beside: import.meta.url,
    }),
  ],
};
