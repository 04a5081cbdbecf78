import type { TableContract } from './contract.ts';

/** The data dictionary of the tables as Markdown: grain, key, identities, and every column. */
export function dictionary(tables: readonly TableContract[]): string {
  return `# Tables\n\n${tables.map(tableSection).join('\n')}`;
}

function tableSection(table: TableContract): string {
  const columns = Object.entries(table.columns).map(
    ([name, { type, unit, nullable, pii, comment }]) =>
      `| ${name} | ${type} | ${unit} | ${nullable ? 'yes' : ''} | ${pii === 'none' ? '' : pii} | ${comment} |`,
  );
  const partitions = table.storage.kind === 'run' ? ', in `snapshot_on=…/run_id=…/`' : '';
  return [
    `## ${table.name}`,
    '',
    `Grain: ${table.grain}. Key: ${table.key.join(', ')}. Promise: ${table.promise}. Folder: \`${table.storage.folder}/\`${partitions}.`,
    '',
    ...table.identities.map(({ states }) => `- ${states}`),
    ...(table.identities.length > 0 ? [''] : []),
    '| column | type | unit | may be NULL | personal | meaning |',
    '|---|---|---|---|---|---|',
    ...columns,
    '',
  ].join('\n');
}
