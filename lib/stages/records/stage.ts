import { ordersAmount, ordersShare, waiting } from '../../tables/order-amounts.ts';
import {
  ordersDelivery,
  ordersNumbering,
  ordersReplaced,
  ordersWinner,
} from '../../tables/order-winners.ts';
import {
  customersRecord,
  ordersRecord,
  ordersReference,
  productsRecord,
} from '../../tables/records.ts';
import { type Stage, sqlStep } from '../stage.ts';

const beside = import.meta.url;

/** The only reader of accepted rows: which of them count, when they happened, whom they refer to. */
export const records: Stage = {
  name: 'records',
  steps: [
    sqlStep(customersRecord, { beside }),
    sqlStep(productsRecord, { beside }),
    // Which delivery of an order counts, and which of its lines.
    sqlStep(ordersNumbering, { beside }),
    sqlStep(ordersDelivery, { beside }),
    sqlStep(ordersWinner, { beside }),
    sqlStep(ordersReplaced, { beside }),
    // Amounts of the whole order, spread over its lines.
    sqlStep(ordersAmount, { beside }),
    sqlStep(ordersShare, { beside }),
    sqlStep(waiting, { beside }),
    sqlStep(ordersRecord, { beside }),
    sqlStep(ordersReference, { beside }),
  ],
};
