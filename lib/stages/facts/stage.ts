import { acceptedOrders, acceptedProducts } from '../../tables/accepted.ts';
import { orderLine, salesOrder } from '../../tables/facts.ts';
import { customerIdentifier } from '../../tables/identity.ts';
import { runInput } from '../../tables/run-input.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const facts: Stage = {
  name: 'facts',
  steps: [
    sqlStep(orderLine, {
      reads: [runInput, customerIdentifier, acceptedOrders, acceptedProducts],
      beside,
    }),
    sqlStep(salesOrder, { reads: [orderLine], beside }),
  ],
};
