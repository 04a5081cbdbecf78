import { StorageError } from '../../errors.ts';
import type { Damage } from './check-ledger.ts';

/** Names everything that is damaged; `action` is what cannot be done. */
export function damageError(action: string, damages: readonly Damage[]): StorageError {
  const lines = damages.map((damage) => `  - ${damageLine(damage)}`);
  return new StorageError(
    `Cannot ${action}: everything that was loaded must be as it was written: found ${damages.length} files that are not.\n${lines.join('\n')}`,
  );
}

/** What is damaged, and what mends it; names objects, and nothing personal. */
function damageLine({ key, isLost, feed, partId, objects }: Damage): string {
  const state = `${key} is ${isLost ? 'lost' : 'changed'}`;
  if (partId !== null) {
    return `${state}: it is of a part that holds several loads together.`;
  }
  const files = objects.length === 0 ? `the files of drop/${feed}/` : objects.join(' or ');
  return `${state}: deliver ${files} again, and it is loaded anew.`;
}
