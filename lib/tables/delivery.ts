import { instant, logTable, text } from './contract.ts';

/** Every time a file was put into the drop folder, new content or not. */
export const delivery = logTable({
  name: 'delivery',
  folder: 'delivery',
  grain: 'one row a version of a dropped object and a load that it was read as',
  key: ['delivery_id', 'load_id'],
  promise: 'bookkeeping',
  columns: {
    delivery_id: text('Hash of key, version and time of the object.'),
    feed: text('The feed.'),
    load_id: text('The load that holds its content.'),
    object_key: text('Key of the dropped object.'),
    version: text('Its etag.'),
    modified_at: instant('When the object was put: the later delivery wins.'),
    noted_at: instant('When it was last read so.'),
  },
});
