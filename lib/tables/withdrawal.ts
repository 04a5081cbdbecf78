import { code, flag, instant, logTable, text } from './contract.ts';

/** What was taken out of the nights, or back in: of a content the row that was noted last counts. */
export const withdrawal = logTable({
  name: 'withdrawal',
  folder: 'withdrawal',
  grain: 'one row a time that a content was withdrawn, or taken back in',
  key: ['withdrawal_id'],
  promise: 'bookkeeping',
  columns: {
    withdrawal_id: text('Hash of feed, content and time.'),
    feed: code('feed', 'The feed.'),
    content_sha256: text('Hash of the content, inflated: all its loads, whatever mapping.'),
    until_at: instant('Deliveries up to then are meant: a later one brings the content back.'),
    is_undone: flag('True: the content counts, a snapshot also where it would be held back.'),
    noted_at: instant('When it was said.'),
  },
});
