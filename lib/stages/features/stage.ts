import { customer } from '../../tables/customer.ts';
import { orderLine, salesOrder, valueBasis } from '../../tables/facts.ts';
import { customerDay, customerFeatures, history } from '../../tables/features.ts';
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
