import { orderLine, salesOrder } from '../../tables/facts.ts';
import { customerFeatures } from '../../tables/features.ts';
import { customer } from '../../tables/identity.ts';
import { type Stage, sqlStep } from '../stage.ts';

export const features: Stage = {
  name: 'features',
  steps: [
    sqlStep(customerFeatures, {
      reads: [customer, orderLine, salesOrder],
      beside: import.meta.url,
    }),
  ],
};
