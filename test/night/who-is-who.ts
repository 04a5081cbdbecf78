import { night } from '../../lib/pipeline.ts';
import { audit } from '../../lib/stages/publish/audit.ts';
import { publish } from '../../lib/stages/publish/stage.ts';
import { type Stage, stepName } from '../../lib/stages/stage.ts';
import type { TestHome } from './home.ts';

const first = night.filter(({ name }) => ['freeze', 'records', 'identity', 'facts'].includes(name));
const written = first.flatMap(({ steps }) => steps.flatMap(({ writes }) => writes ?? []));

/** As much of a night as records decide: who is who and what was sold, audited and shown. */
export const stages: readonly Stage[] = [
  ...first,
  {
    name: 'publish',
    steps: [
      {
        kind: 'compute',
        name: 'audit',
        reads: written,
        writes: null,
        compute: async (built) => {
          await audit(built, written);
          return [];
        },
      },
      ...publish.steps.filter((step) => stepName(step) === 'pointer'),
    ],
  },
];

/** Identifiers of each customer, joined by a blank, least first. */
export async function customersOf(home: TestHome): Promise<string[]> {
  const rows = await home.ask('select customer_key, value from customer_identifier order by value');
  const customers = new Map<unknown, string[]>();
  for (const { customer_key, value } of rows) {
    customers.set(customer_key, [...(customers.get(customer_key) ?? []), String(value)]);
  }
  return [...customers.values()].map((values) => values.join(' ')).sort();
}
