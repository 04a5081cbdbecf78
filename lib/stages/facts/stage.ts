import { customerIdentifier } from '../../tables/customer.ts';
import { categoryCost, orderLine, salesOrder, valueBasis } from '../../tables/facts.ts';
import { ordersRecord, productsRecord } from '../../tables/records.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const facts: Stage = {
  name: 'facts',
  steps: [
    sqlStep(categoryCost, { reads: [ordersRecord, productsRecord], beside }),
    sqlStep(valueBasis, { reads: [categoryCost, valueBasis], beside }),
    sqlStep(orderLine, {
      reads: [ordersRecord, productsRecord, customerIdentifier, categoryCost, valueBasis],
      beside,
    }),
    sqlStep(salesOrder, { reads: [orderLine], beside }),
  ],
};
