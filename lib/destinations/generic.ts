import type { Destination } from './destination.ts';

const columns = [
  'customer_key',
  'scheme',
  'segment',
  'predicted_clv_12m',
  'p_alive',
  'snapshot_on',
  'op',
];

/** For any tool that knows customers by their key, such as a BI tool: nothing personal. */
export const generic: Destination = {
  name: 'generic',
  key: 'customer_key',
  header: columns,
  row: (change) => columns.map((column) => change[column]),
};
