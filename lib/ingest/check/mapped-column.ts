import { attributeField, type Feed, isAttribute } from '../../feeds/feed.ts';
import { effectOf, type KindSql, type Reading } from '../../feeds/field.ts';
import type { ColumnMapping, FeedMapping } from '../../feeds/mapping.ts';
import { name } from '../../feeds/sql-text.ts';
import type { ColumnType } from '../../tables/contract.ts';
import type { FileColumns } from '../formats/format.ts';
import { type MappedText, mappedText } from './mapped-text.ts';

/**
 * A column that the file gives, in SQL. Each step is a column of its own, so that it is computed
 * once: the text, what is prepared of it, the value that its kind reads, the value that is kept.
 */
export interface MappedColumn {
  readonly column: string;
  readonly isRequired: boolean;
  /** What a text that cannot be read costs. */
  readonly effect: ReturnType<typeof effectOf>;
  readonly text: MappedText;
  readonly kind: KindSql & { readonly type: ColumnType };
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
    const field = feed.fields[column] ?? attributeField;
    const text = mappedText(how, { mapping, words: field.emptyWords, columns });
    const names = {
      text: name(`t_${column}`),
      prepared: name(`p_${column}`),
      value: name(`v_${column}`),
      kept: name(`k_${column}`),
    };
    return {
      column,
      isRequired: field.required,
      effect: effectOf(field, how.unreadable),
      text,
      kind: {
        type: field.kind.type,
        ...field.kind.sql(
          { ...names, signs: text.signs },
          how.date_format === undefined ? reading : { ...reading, dateFormats: how.date_format },
        ),
      },
      names,
    };
  });
}
