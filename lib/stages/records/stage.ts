import { acceptedCustomers, acceptedOrders, acceptedProducts } from '../../tables/accepted.ts';
import {
  customersRecord,
  ordersRecord,
  ordersReference,
  productsRecord,
} from '../../tables/records.ts';
import { runInput } from '../../tables/run-input.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

/** The only reader of accepted rows: which of them count, when they happened, whom they refer to. */
export const records: Stage = {
  name: 'records',
  steps: [
    sqlStep(ordersRecord, { reads: [runInput, acceptedOrders], beside }),
    sqlStep(ordersReference, { reads: [runInput, ordersRecord], beside }),
    sqlStep(customersRecord, { reads: [runInput, acceptedCustomers], beside }),
    sqlStep(productsRecord, { reads: [runInput, acceptedProducts], beside }),
  ],
};
