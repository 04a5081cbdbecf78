import { asciiFold } from '../ascii-fold.ts';
import { type FieldKind, readBy, refuse } from '../field.ts';

/** What a line of an order is. All but a sale count in no sales figure. */
const lineKinds = ['sale', 'gift_card', 'fee', 'shipping', 'tip'] as const;

/** What an order line is: `gift_card`, `Gift Card` and `gift-card` are one. */
export const lineKind: FieldKind = {
  name: 'line kind',
  type: 'varchar',
  unit: lineKinds.join(', '),
  schema: () => readBy((text) => kindOf(text) ?? refuse('unknown_kind')),
  sql: ({ text, prepared }) => ({
    prepared: `replace(coalesce(ascii_fold(${text}), ''), ' ', '_')`,
    value: `case when ${prepared} in (${lineKinds.map((kind) => `'${kind}'`).join(', ')}) then ${prepared} end`,
    unread: [{ when: 'true', rule: 'unknown_kind' }],
    refused: [],
  }),
};

function kindOf(text: string): string | null {
  const word = (asciiFold(text) ?? '').replaceAll(' ', '_');
  return lineKinds.find((kind) => kind === word) ?? null;
}
