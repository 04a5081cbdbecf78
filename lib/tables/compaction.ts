import { instant, logTable, text } from './contract.ts';

/** Which loads a compacted part holds. A part counts from the moment its rows here exist. */
export const compaction = logTable({
  name: 'compaction',
  folder: 'compaction',
  grain: 'one row a load whose rows a compacted part holds',
  key: ['part_id', 'load_id'],
  promise: 'bookkeeping',
  columns: {
    part_id: text('The compacted part: hash of the loads that it holds.'),
    load_id: text('A load all of whose rows it holds.'),
    feed: text('The feed.'),
    compacted_at: instant('When the part was finished.'),
  },
});
