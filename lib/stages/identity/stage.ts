import {
  customer,
  customerIdentifier,
  identityComponent,
  identityLink,
} from '../../tables/identity.ts';
import { pseudonym } from '../../tables/pseudonym.ts';
import { customersRecord, ordersReference } from '../../tables/records.ts';
import { runInput } from '../../tables/run-input.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

export const identity: Stage = {
  name: 'identity',
  steps: [
    sqlStep(identityLink, { reads: [runInput, customersRecord, ordersReference], beside }),
    sqlStep(identityComponent, {
      reads: [identityLink, identityComponent],
      until: { noRow: 'is_changed' },
      beside,
    }),
    sqlStep(customerIdentifier, {
      reads: [runInput, identityComponent, pseudonym, customerIdentifier],
      beside,
    }),
    sqlStep(customer, {
      reads: [runInput, customerIdentifier, customersRecord, ordersReference],
      beside,
    }),
  ],
};
