import { count, instant, runTable, text } from './contract.ts';

export const run = runTable({
  name: 'run',
  grain: 'one row: the run itself',
  key: ['published_at'],
  promise: 'bookkeeping',
  columns: {
    published_at: instant('When the audit had passed and the pointer was about to move'),
    previous_run_id: text('The run that readers saw before', { nullable: true }),
    count_tables: count('tables', 'Tables of the run'),
    count_rows: count('rows', 'Rows of all its tables'),
  },
});
