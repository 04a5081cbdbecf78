import { customerFeatures } from '../../tables/features.ts';
import { modelFit, modelScore, orderSpread, spendSpread } from '../../tables/fit.ts';
import { clvInterval, customerValue } from '../../tables/value.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const value: Stage = {
  name: 'value',
  steps: [
    sqlStep(clvInterval, {
      reads: [customerFeatures, orderSpread, spendSpread],
      beside,
    }),
    sqlStep(customerValue, {
      reads: [customerFeatures, modelFit, modelScore, orderSpread, clvInterval],
      beside,
    }),
  ],
};
