// Run as a process of its own: adds one to the object `counter` of a folder, `steps` times.
import { openFolderStore } from '../../lib/adapters/folder/object-store.ts';

const [folder, steps] = process.argv.slice(2);
const store = openFolderStore(folder as string);
for (let added = 0; added < Number(steps); ) {
  const found = await store.get('counter');
  const next = String(Number(found?.body ?? 0) + 1);
  if (await store.compareAndSet('counter', next, found?.etag ?? null)) added += 1;
}
