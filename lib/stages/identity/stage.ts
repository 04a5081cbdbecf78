import {
  customer,
  customerIdentifier,
  customerSource,
  customerState,
} from '../../tables/customer.ts';
import {
  guardedIdentifier,
  identityComponent,
  identityGuard,
  identityLink,
  recordIdentifier,
  sharedEvidence,
  sharedIdentifier,
  sharedName,
} from '../../tables/identity.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

/** Who is who: which identifiers are one customer's, which are nobody's, and what is known of each. */
export const identity: Stage = {
  name: 'identity',
  steps: [
    sqlStep(recordIdentifier, { beside }),
    sqlStep(sharedIdentifier, { beside }),
    sqlStep(sharedName, { beside }),
    sqlStep(sharedEvidence, { beside }),
    sqlStep(guardedIdentifier, { beside }),
    sqlStep(identityGuard, { beside }),
    sqlStep(identityLink, { beside }),
    sqlStep(identityComponent, { until: { noRow: 'is_changed' }, beside }),
    sqlStep(customerIdentifier, { beside }),
    sqlStep(customerState, { beside }),
    sqlStep(customer, { beside }),
    sqlStep(customerSource, { beside }),
  ],
};
