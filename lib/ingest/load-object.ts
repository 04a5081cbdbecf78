import { join } from 'node:path';
import type { FileEngine } from '../ports/file-engine.ts';
import type { StoredObject } from '../ports/object-store.ts';
import { acceptedTable } from '../tables/accepted.ts';
import type { TableContract } from '../tables/contract.ts';
import { pseudonym } from '../tables/pseudonym.ts';
import { quarantine } from '../tables/quarantine.ts';
import { loadFile } from './check/load-file.ts';
import type { DropKey } from './drop-key.ts';
import { type Content, fetchContent } from './fetch-content.ts';
import { formats } from './formats/all.ts';
import { writeParquetRows } from './formats/parquet-rows.ts';
import { isIntact } from './ledger/check-ledger.ts';
import { findLoad, noteDelivery, partKey, storeFile, writeLoad } from './ledger/ledger.ts';
import { loadId, mappingVersion } from './ledger/load-id.ts';
import { type LoadFacts, loadRow, summaryOfRow } from './ledger/load-row.ts';
import type { StoredFile } from './ledger/seal.ts';
import { sealDelivery, sealLoad } from './ledger/seal-load.ts';
import { type IngestLimits, limits as usualLimits } from './limits.ts';
import { ofTheFile } from './of-the-file.ts';
import { readingOf } from './reading-of.ts';
import { refusal, refusalRow } from './refusal.ts';
import { RefusedFile } from './refused-file.ts';
import { type Resolved, resolveMapping } from './resolve-mapping.ts';
import type { IngestServices, LoadSummary } from './services.ts';
import { writePseudonyms } from './write-pseudonyms.ts';

/** One dropped object on its way. */
export interface ObjectLoad {
  readonly services: IngestServices;
  readonly engine: FileEngine;
  readonly object: StoredObject;
  readonly dropKey: DropKey;
}

/** Loads the object; a file that must be refused whole is refused, which is no error. */
export async function loadObject(context: ObjectLoad): Promise<LoadSummary> {
  const { services, engine, object, dropKey } = context;
  const limits = services.limits ?? usualLimits;
  let content: Content | null = null;
  let resolved: Resolved | null = null;
  try {
    refuseTooLarge(object, limits);
    content = await fetchContent({
      stream: await ofTheFile(() => services.store.getStream(object.key)),
      isGzip: dropKey.isGzip,
      path: join(engine.folder, 'content'),
      limits,
    });
    const { path, bytes } = content;
    resolved = await ofTheFile(async () => {
      const headersFor = await formats[dropKey.format].headers({ engine, path, bytes, limits });
      return resolveMapping(dropKey, headersFor, services.config);
    });
    const facts = factsOf(context, content, resolved);
    const known = (await isIntact(services.store, facts))
      ? await findLoad({ store: services.store, engine }, facts)
      : null;
    const isKnown = known?.secret_fingerprint === facts.secretFingerprint;
    if (known?.status === 'loaded' && isKnown) {
      const noted = { object: object.key, delivery: await note(context, facts, 'loaded') };
      await sealDelivery(services.store, facts, noted);
      return { ...summaryOfRow(known, object.key), status: 'unchanged' };
    }
    return await load(context, content, resolved, facts);
  } catch (error) {
    if (!(error instanceof RefusedFile)) throw error;
    return await refuse(context, factsOf(context, content, resolved), error);
  }
}

/** What is too large as it is stored need not be fetched to be refused. */
function refuseTooLarge({ bytes }: StoredObject, { fileBytes }: IngestLimits): void {
  if (bytes <= fileBytes) return;
  const gibibytes = (count: number) => `${(count / 2 ** 30).toFixed(1)} GiB`;
  throw new RefusedFile('file_too_large', {
    advice: `The file has ${gibibytes(bytes)}, the limit is ${gibibytes(fileBytes)}.`,
  });
}

/** What is known of a load, even of one that was refused before its content or mapping was. */
function factsOf(
  { services, object, dropKey }: ObjectLoad,
  content: Content | null,
  resolved: Resolved | null,
): LoadFacts {
  const contentSha256 = content?.sha256 ?? '';
  const source = resolved?.source ?? dropKey.source ?? '';
  const version =
    resolved === null ? '' : mappingVersion(resolved.feed, resolved.mapping, services.config);
  const identity = contentSha256 === '' ? `etag ${object.etag}` : contentSha256;
  return {
    loadId: loadId(identity, { feed: dropKey.feed, source, mappingVersion: version }),
    feed: dropKey.feed,
    source,
    file: object.key,
    preset: resolved?.preset ?? null,
    contentSha256,
    mappingVersion: version,
    delivers: resolved?.mapping.delivers ?? 'append',
    secretFingerprint: services.secret.fingerprint,
  };
}

async function load(
  context: ObjectLoad,
  content: Content,
  resolved: Resolved,
  facts: LoadFacts,
): Promise<LoadSummary> {
  const { services, engine, object } = context;
  const { store, config, clock, secret, limits = usualLimits } = services;
  const { loaded, pseudonymPaths } = await ofTheFile(async () => {
    const loaded = await loadFile({
      engine,
      format: context.dropKey.format,
      path: content.path,
      resolved,
      reading: readingOf(resolved.mapping, config, object.modifiedAt),
      loadId: facts.loadId,
      limits,
      refusedShare: config.refused_share,
    });
    const named = { engine, secret, resolved, loadId: facts.loadId, loaded };
    return { loaded, pseudonymPaths: await writePseudonyms(named) };
  });
  const files = await storeParts(context, facts, {
    table: acceptedTable(resolved.feed),
    paths: loaded.acceptedPaths,
  });
  files.push(...(await storeParts(context, facts, { table: pseudonym, paths: pseudonymPaths })));
  const quarantineKey = partKey(quarantine, facts);
  if (loaded.quarantinePath === null) await store.delete(quarantineKey);
  else files.push(await storeFile(store, loaded.quarantinePath, quarantineKey));
  const row = loadRow(facts, { ...loaded, status: 'loaded', rule: null, hint: null }, clock.now());
  files.push(await writeLoad({ store, engine }, row));
  const delivery = await note(context, facts, 'loaded');
  await sealLoad(store, facts, { files, object: object.key, delivery });
  return { ...summaryOfRow(row, object.key), problems: loaded.problems };
}

async function storeParts(
  { services: { store } }: ObjectLoad,
  facts: LoadFacts,
  { table, paths }: { readonly table: TableContract; readonly paths: readonly string[] },
): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for (const [i, path] of paths.entries()) {
    files.push(await storeFile(store, path, partKey(table, facts, i)));
  }
  return files;
}

async function refuse(
  context: ObjectLoad,
  facts: LoadFacts,
  refused: RefusedFile,
): Promise<LoadSummary> {
  const { store, clock } = context.services;
  const { object } = context;
  // The file may have left its engine without memory.
  const engine = await context.engine.openAnother();
  try {
    const path = join(engine.folder, 'refused.parquet');
    await writeParquetRows(engine, quarantine, [refusalRow(facts, refused)], path);
    const files = [await storeFile(store, path, partKey(quarantine, facts))];
    const row = loadRow(facts, refusal(refused), clock.now());
    files.push(await writeLoad({ store, engine }, row));
    const delivery = await note({ ...context, engine }, facts, 'refused');
    await sealLoad(store, facts, { files, object: object.key, delivery });
    return { ...summaryOfRow(row, object.key), problems: refusal(refused).problems };
  } finally {
    engine.close();
  }
}

async function note(
  { services: { store, clock }, engine, object }: ObjectLoad,
  facts: LoadFacts,
  status: 'loaded' | 'refused',
): Promise<StoredFile> {
  return await noteDelivery({ store, engine }, facts, object, { status, notedAt: clock.now() });
}
