import { backTestCount, backTestCut, intervalCount, modelQuality } from '../../tables/back-test.ts';
import { customerDay, customerFeatures } from '../../tables/features.ts';
import {
  modelFit,
  modelScore,
  orderSpread,
  purchaseCount,
  spendCount,
  spendSpread,
  totalForecast,
} from '../../tables/fit.ts';
import { type Stage, sqlStep } from '../stage.ts';
import { backTestCutRows } from './back-test-cut.ts';
import { modelFitRows } from './model-fit.ts';
import { modelQualityRows } from './model-quality.ts';
import { modelScoreRows } from './model-score.ts';
import { orderSpreadRows } from './order-spread.ts';
import { spendSpreadRows } from './spend-spread.ts';
import { totalForecastRows } from './total-forecast.ts';

const beside = import.meta.url;

export const fit: Stage = {
  name: 'fit',
  steps: [
    sqlStep(purchaseCount, { reads: [customerFeatures], beside }),
    sqlStep(spendCount, { reads: [customerFeatures], beside }),
    {
      kind: 'compute',
      name: 'back_test_cut',
      reads: [customerFeatures],
      writes: backTestCut,
      compute: backTestCutRows,
    },
    sqlStep(backTestCount, { reads: [backTestCut, customerDay], beside }),
    sqlStep(intervalCount, { reads: [backTestCut, customerDay], beside }),
    {
      kind: 'compute',
      name: 'model_quality',
      reads: [backTestCut, backTestCount, intervalCount],
      writes: modelQuality,
      compute: modelQualityRows,
    },
    {
      kind: 'compute',
      name: 'model_fit',
      reads: [purchaseCount, spendCount, intervalCount, modelQuality, modelFit],
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
    {
      kind: 'compute',
      name: 'order_spread',
      reads: [purchaseCount, modelFit],
      writes: orderSpread,
      compute: orderSpreadRows,
    },
    {
      kind: 'compute',
      name: 'spend_spread',
      reads: [purchaseCount, spendCount, modelFit],
      writes: spendSpread,
      compute: spendSpreadRows,
    },
    {
      kind: 'compute',
      name: 'total_forecast',
      reads: [customerFeatures, purchaseCount, spendCount, modelFit],
      writes: totalForecast,
      compute: totalForecastRows,
    },
  ],
};
