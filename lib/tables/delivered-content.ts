import { code, count, instant, runTable, text } from './contract.ts';

export const deliveredContent = runTable({
  name: 'delivered_content',
  grain: 'one row a content of a feed and source that was loaded',
  key: ['feed', 'source', 'content_sha256'],
  promise: 'bookkeeping',
  columns: {
    feed: code('feed', 'The feed.'),
    source: text('System that exported it; empty text when it has no name.'),
    content_sha256: text('Hash of the content, inflated.'),
    load_id: text('Its load: of several mappings the one that was noted last.'),
    object_key: text('Key of its last delivery.'),
    delivers: text('How the source delivers: append, changed_lines or snapshot.'),
    modified_at: instant('When it was delivered last.'),
    count_rows: count('rows', 'Accepted rows of its load.'),
    standing: code(
      'content_standing',
      'read; withdrawn; held: a snapshot with less than half of the rows of the one before, until it is confirmed; replaced: a snapshot with a newer one.',
    ),
    rows_before: count('rows', 'Of a snapshot the rows of the one before; NULL: there is none.', {
      nullable: true,
    }),
  },
});
