import { type Feed, isAttribute } from '../../feeds/feed.ts';
import type { KindSql, Reading } from '../../feeds/field.ts';
import { text as freeText } from '../../feeds/kinds/text.ts';
import type { ColumnMapping, FeedMapping } from '../../feeds/mapping.ts';
import { name } from '../../feeds/sql-text.ts';
import type { FileColumns } from '../formats/format.ts';
import { type MappedText, mappedText } from './mapped-text.ts';

/**
 * A column that the file gives, in SQL. Each step is a column of its own, so that it is computed
 * once: the text, what is prepared of it, the value that its kind reads, the value that is kept.
 */
export interface MappedColumn {
  readonly column: string;
  readonly isRequired: boolean;
  /** Whether what cannot be read counts as empty. */
  readonly isLenient: boolean;
  readonly text: MappedText;
  readonly kind: KindSql;
  readonly names: { readonly [step in 'text' | 'prepared' | 'value' | 'kept']: string };
}

interface Mapped {
  readonly feed: Feed;
  readonly mapping: FeedMapping;
  readonly reading: Reading;
  readonly columns: FileColumns;
}

/** In the contract's order, attributes last and in order, so that the first trouble is always the same. */
export function mappedColumns({ feed, mapping, reading, columns }: Mapped): MappedColumn[] {
  const attributes = Object.keys(mapping.columns).filter(isAttribute).sort();
  const inOrder = [...Object.keys(feed.fields), ...attributes].filter((column) =>
    Object.hasOwn(mapping.columns, column),
  );
  return inOrder.map((column) => {
    const how = mapping.columns[column] as ColumnMapping;
    const field = feed.fields[column];
    const text = mappedText(how, mapping, columns);
    const names = {
      text: name(`t_${column}`),
      prepared: name(`p_${column}`),
      value: name(`v_${column}`),
      kept: name(`k_${column}`),
    };
    return {
      column,
      isRequired: field?.required ?? false,
      isLenient: how.unreadable === 'empty',
      text,
      kind: (field?.kind ?? freeText).sql(
        { ...names, signs: text.signs },
        how.date_format === undefined ? reading : { ...reading, dateFormats: how.date_format },
      ),
      names,
    };
  });
}
