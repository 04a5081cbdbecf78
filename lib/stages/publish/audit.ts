import { AuditError } from '../../errors.ts';
import type { QueryEngine, Row, SealedTable, Value } from '../../ports/query-engine.ts';
import { bind } from '../../sql/bind.ts';
import type { TableContract } from '../../tables/contract.ts';
import type { Night } from '../stage.ts';

/**
 * Checks every table against its contract. Those of the night: sealed files still as they were,
 * rows counted, no NULL where none may be, keys unique, a word for every code. All, the ledger
 * included: identities held.
 * Fails with an AuditError that names every breach (tables, rules and counts; never a value).
 */
export async function audit(night: Night, tables: readonly TableContract[]): Promise<void> {
  const breaches: string[] = [];
  const totals = new Map<string, Value>();
  for (const table of tables) {
    const sealed = night.sealed.get(table.name);
    if (sealed !== undefined) {
      const counted = await countedRows(night, table);
      for (const name of Object.keys(table.totals)) {
        totals.set(`${table.name}.${name}`, counted[totalColumn(name)] ?? null);
      }
      breaches.push(
        ...(await fileBreaches(night, table, sealed)),
        ...(await rowBreaches(night, { table, sealed, counted })),
      );
    }
    breaches.push(...(await selectedBreaches(night, table)));
  }
  breaches.push(...tables.flatMap((table) => totalBreaches(table, totals)));
  breaches.push(...(await wordBreaches(night, tables)));
  if (breaches.length > 0) {
    throw new AuditError(
      `Cannot publish run ${night.run.runId}: every table must keep its contract.\n${breaches.map((breach) => `  - ${breach}`).join('\n')}`,
    );
  }
}

async function fileBreaches(
  { store, run }: Night,
  table: TableContract,
  sealed: SealedTable,
): Promise<string[]> {
  const expected = new Map(sealed.files.map(({ key, bytes }) => [key, bytes]));
  const prefix = `${table.storage.folder}/snapshot_on=${run.snapshotOn}/run_id=${run.runId}/`;
  const breaches: string[] = [];
  for await (const { key, bytes } of store.list(prefix)) {
    if (expected.get(key) !== bytes) breaches.push(`${table.name}: ${key} is not as it was sealed`);
    expected.delete(key);
  }
  return [...breaches, ...[...expected.keys()].map((key) => `${table.name}: ${key} is missing`)];
}

/** One pass over the table: rows that have one key are one group, of one row where all is well. */
async function countedRows({ engine, parameters }: Night, table: TableContract): Promise<Row> {
  const broken = rowIdentities(table).map(
    ({ brokenWhere }, i) => [brokenColumn(i), brokenWhere] as const,
  );
  const totals = Object.entries(table.totals).map(
    ([name, ofRow]) => [totalColumn(name), ofRow] as const,
  );
  const incomplete = requiredColumns(table).map(isNull).join(' or ');
  const counted = [['incomplete', incomplete] as const, ...broken];
  const [row = {}] = await engine.read(
    bind(
      `select ${[
        'cast(coalesce(sum(copies), 0) as bigint) as rows_found',
        'count(case when copies > 1 then 1 end) as doubles',
        ...counted.map(([name]) => `cast(coalesce(sum(${name}), 0) as bigint) as ${name}`),
        ...totals.map(([name]) => `cast(coalesce(sum(${name}), 0) as decimal(38, 4)) as ${name}`),
      ].join(', ')}
       from (
         select ${[
           'count(*) as copies',
           ...counted.map(([name, where]) => `count(case when ${where} then 1 end) as ${name}`),
           ...totals.map(([name, ofRow]) => `sum(${ofRow}) as ${name}`),
         ].join(', ')}
         from ${table.name} where snapshot_on = :as_of and run_id = :run_id
         group by ${table.key.join(', ')}) as row_group`,
      parameters,
    ),
  );
  return row;
}

async function rowBreaches(
  night: Night,
  { table, sealed, counted }: { table: TableContract; sealed: SealedTable; counted: Row },
): Promise<string[]> {
  const breaches = counted.incomplete === 0 ? [] : await nullBreaches(night, table);
  if (counted.rows_found !== sealed.rows) {
    breaches.push(`${table.name}: ${sealed.rows} rows were sealed: found ${counted.rows_found}`);
  }
  if (counted.doubles !== 0) {
    breaches.push(
      `${table.name}: (${table.key.join(', ')}) must be unique: ${counted.doubles} are not`,
    );
  }
  rowIdentities(table).forEach(({ states }, i) => {
    breaches.push(...brokenSome(table, states, Number(counted[brokenColumn(i)])));
  });
  return breaches;
}

function rowIdentities({ identities }: TableContract) {
  return identities.filter((identity) => 'brokenWhere' in identity);
}

function brokenColumn(place: number): string {
  return `broken_${place}`;
}

function totalColumn(name: string): string {
  return `total_${name}`;
}

/** Totals are exact, and of one scale: equal ones are equal text. */
function totalBreaches(table: TableContract, totals: ReadonlyMap<string, Value>): string[] {
  return table.identities
    .filter((identity) => 'agree' in identity)
    .flatMap(({ states, agree }) => {
      const different = Object.entries(agree).filter(
        ([own, other]) => totals.get(`${table.name}.${own}`) !== totals.get(other),
      );
      return brokenSome(table, states, different.length);
    });
}

function brokenSome({ name }: TableContract, states: string, times: number): string[] {
  return times > 0 ? [`${name}: ${states}: broken ${times} times`] : [];
}

async function nullBreaches(
  { engine, parameters }: Night,
  table: TableContract,
): Promise<string[]> {
  const required = requiredColumns(table);
  const counts = required.map((name) => `count(case when ${isNull(name)} then 1 end) as ${name}`);
  const [counted] = await engine.read(
    bind(
      `select ${counts.join(', ')} from ${table.name}
       where snapshot_on = :as_of and run_id = :run_id`,
      parameters,
    ),
  );
  return required
    .filter((name) => counted?.[name] !== 0)
    .map((name) => `${table.name}: ${name} must not be NULL: ${counted?.[name]} rows`);
}

function requiredColumns({ columns }: TableContract): readonly string[] {
  return Object.entries(columns)
    .filter(([, { nullable }]) => !nullable)
    .map(([name]) => name);
}

function isNull(column: string): string {
  return `${column} is null`;
}

async function selectedBreaches(
  { engine, parameters }: Night,
  table: TableContract,
): Promise<string[]> {
  const breaches: string[] = [];
  for (const identity of table.identities) {
    if (!('violations' in identity)) continue;
    const count = await countRows(engine, bind(identity.violations, parameters));
    breaches.push(...brokenSome(table, identity.states, count));
  }
  return breaches;
}

/** Codes of the night's tables that `label` has no word for: one query, each table read once. */
async function wordBreaches(
  { engine, parameters, sealed }: Night,
  tables: readonly TableContract[],
): Promise<string[]> {
  const coded = tables.filter((table) => sealed.has(table.name)).flatMap(codesSelect);
  if (coded.length === 0) return [];
  const wordless = await engine.read(
    bind(
      `with coded as (${coded.join(' union all ')}),
       remark as (
         select place, kind, nullif(split_part(r.remark, ' ', 1), '') as code
         from coded cross join unnest(split(written, '; ')) as r (remark))
       select distinct remark.place, remark.code from remark
       left join label l on l.kind = remark.kind and l.code = remark.code
         and l.snapshot_on = :as_of and l.run_id = :run_id
       where remark.code is not null and l.code is null order by remark.place, remark.code`,
      parameters,
    ),
  );
  return wordless.map(({ place, code }) => `${place}: label must have a word for ${code}`);
}

/** What stands in the columns of codes of a table; none where it has no such column. */
function codesSelect({ name, columns }: TableContract): string[] {
  const coded = Object.entries(columns).filter(([, { labels }]) => labels !== undefined);
  if (coded.length === 0) return [];
  const places = coded.map(([column, { labels }]) => `('${name}.${column}', '${labels}')`);
  const written = coded.map(([column]) => `when '${name}.${column}' then t.${column}`);
  return [
    `select p.place, p.kind, case p.place ${written.join(' ')} end as written
     from (
       select distinct ${coded.map(([column]) => column).join(', ')} from ${name}
       where snapshot_on = :as_of and run_id = :run_id) t
     cross join (values ${places.join(', ')}) as p (place, kind)`,
  ];
}

async function countRows(engine: QueryEngine, select: string): Promise<number> {
  const [row] = await engine.read(`select cast(count(*) as bigint) as found from (${select}) as t`);
  return Number(row?.found);
}
