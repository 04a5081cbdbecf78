import type { TestHome } from './home.ts';

/** Identifiers of each customer, joined by a blank, least first. */
export async function customersOf(home: Pick<TestHome, 'ask'>): Promise<string[]> {
  const rows = await home.ask('select customer_key, value from customer_identifier order by value');
  const customers = new Map<unknown, string[]>();
  for (const { customer_key, value } of rows) {
    customers.set(customer_key, [...(customers.get(customer_key) ?? []), String(value)]);
  }
  return [...customers.values()].map((values) => values.join(' ')).sort();
}
