import { valueBasis } from '../../tables/facts.ts';
import { customerDay, customerFeatures } from '../../tables/features.ts';
import { modelFit, modelScore, orderSpread, spendSpread } from '../../tables/fit.ts';
import {
  clvInterval,
  cohortMean,
  customerRate,
  customerValue,
  customerValueHorizon,
  groupRate,
} from '../../tables/value.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const value: Stage = {
  name: 'value',
  steps: [
    sqlStep(groupRate, { reads: [customerFeatures], beside }),
    sqlStep(cohortMean, { reads: [customerFeatures, customerDay, modelScore], beside }),
    sqlStep(customerRate, {
      reads: [customerFeatures, groupRate, cohortMean, modelFit, modelScore],
      beside,
    }),
    sqlStep(clvInterval, { reads: [customerFeatures, orderSpread, spendSpread], beside }),
    sqlStep(customerValueHorizon, {
      reads: [customerRate, cohortMean, modelScore, orderSpread, clvInterval],
      beside,
    }),
    sqlStep(customerValue, {
      reads: [
        valueBasis,
        customerFeatures,
        groupRate,
        customerRate,
        modelScore,
        customerValueHorizon,
      ],
      beside,
    }),
  ],
};
