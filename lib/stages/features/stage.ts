import { orderLine, salesOrder, valueBasis } from '../../tables/facts.ts';
import { customerDay, customerFeatures, history } from '../../tables/features.ts';
import { customer } from '../../tables/identity.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const features: Stage = {
  name: 'features',
  steps: [
    sqlStep(customerDay, { reads: [orderLine], beside }),
    sqlStep(history, { reads: [salesOrder, history], beside }),
    sqlStep(customerFeatures, { reads: [customer, customerDay, salesOrder, valueBasis], beside }),
  ],
};
