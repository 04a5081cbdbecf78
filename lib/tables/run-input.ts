import { count, instant, runTable, text } from './contract.ts';

export const runInput = runTable({
  name: 'run_input',
  grain: 'one row a part that the night reads, a setting it uses, or a thing it carries over',
  key: ['kind', 'name', 'load_id'],
  promise: 'bookkeeping',
  columns: {
    kind: text('part, setting or carried'),
    name: text(
      'part_id of a part, the load itself or a compacted one; name of a setting or of what is carried over',
    ),
    load_id: text('Load whose rows of the part are read; empty text for settings'),
    feed: text('Feed of the part', { nullable: true }),
    source: text('System that exported the part; empty text when it has no name', {
      nullable: true,
    }),
    load_rank: count('rank', 'Order of the last delivery within the feed: the greatest wins', {
      nullable: true,
    }),
    delivered_at: instant('When the content of the part was delivered last', { nullable: true }),
    series: text('What the keys of numbered files of one export begin with; NULL: not numbered', {
      nullable: true,
    }),
    series_number: count('files', 'Number of the file within its series', { nullable: true }),
    value: text('Value of a setting or of what is carried over; of a part how it is delivered', {
      nullable: true,
    }),
  },
});
