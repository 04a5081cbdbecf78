import type { ObjectStore } from '../../lib/ports/object-store.ts';

/** A store whose process is killed before one of its writes: nothing is done from then on. */
export function dyingStore(store: ObjectStore, writes: number): ObjectStore {
  let left = writes;
  const alive = () => {
    if (left < 0) throw new Error('killed');
  };
  const write =
    <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      left -= 1;
      alive();
      return await work(...given);
    };
  return {
    ...store,
    get: async (key) => {
      alive();
      return await store.get(key);
    },
    put: write(store.put),
    putStream: write(store.putStream),
    putIfAbsent: write(store.putIfAbsent),
    compareAndSet: write(store.compareAndSet),
    delete: write(store.delete),
  };
}
