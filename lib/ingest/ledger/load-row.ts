import type { Row } from '../../ports/query-engine.ts';
import { instantText } from '../formats/parquet-rows.ts';
import type { LoadSummary } from '../services.ts';
import { canonicalJson } from './load-id.ts';

/** What a load is, whatever becomes of its records. */
export interface LoadFacts {
  readonly loadId: string;
  readonly feed: string;
  readonly source: string;
  /** Key of the delivered object. */
  readonly file: string;
  readonly preset: string | null;
  readonly contentSha256: string;
  readonly mappingVersion: string;
  readonly delivers: 'append' | 'changed_lines' | 'snapshot';
  /** Of the secret that its pseudonyms are made with. */
  readonly secretFingerprint: string;
}

/** What became of its records. */
export interface LoadOutcome {
  readonly status: 'loaded' | 'refused';
  readonly recordsIn: number;
  readonly accepted: number;
  readonly quarantined: number;
  readonly ignored: number;
  readonly ignoredByReason: Readonly<Record<string, number>>;
  readonly quarantinedByRule: Readonly<Record<string, number>>;
  readonly valuesDropped: number;
  readonly wordsEmptied: number;
  readonly acceptedByStatus: Readonly<Record<string, number>>;
  readonly acceptedByCurrency: Readonly<Record<string, number>>;
  readonly rule: string | null;
  readonly hint: string | null;
}

/** A row of the table `load`. */
export function loadRow(facts: LoadFacts, outcome: LoadOutcome, loadedAt: Date): Row {
  return {
    load_id: facts.loadId,
    feed: facts.feed,
    source: facts.source,
    file: facts.file,
    preset: facts.preset,
    records_in: outcome.recordsIn,
    accepted: outcome.accepted,
    quarantined: outcome.quarantined,
    ignored: outcome.ignored,
    values_dropped: outcome.valuesDropped,
    words_emptied: outcome.wordsEmptied,
    status: outcome.status,
    loaded_at: instantText(loadedAt),
    content_sha256: facts.contentSha256,
    mapping_version: facts.mappingVersion,
    delivers: facts.delivers,
    rule: outcome.rule,
    hint: outcome.hint,
    ignored_by_reason: canonicalJson(outcome.ignoredByReason),
    quarantined_by_rule: canonicalJson(outcome.quarantinedByRule),
    accepted_by_status: canonicalJson(outcome.acceptedByStatus),
    accepted_by_currency: canonicalJson(outcome.acceptedByCurrency),
    currencies: currenciesOf(outcome),
    secret_fingerprint: facts.secretFingerprint,
  };
}

function currenciesOf({ acceptedByCurrency }: LoadOutcome): string | null {
  const named = Object.keys(acceptedByCurrency).filter((currency) => currency !== '');
  return named.length === 0 ? null : named.sort().join(' ');
}

/** The summary that a row of `load` tells; `file` is the object that was delivered now. */
export function summaryOfRow(row: Row, file: string): LoadSummary {
  return {
    loadId: row.load_id as string,
    feed: row.feed as string,
    source: row.source as string,
    file,
    preset: row.preset as string | null,
    recordsIn: row.records_in as number,
    accepted: row.accepted as number,
    quarantined: row.quarantined as number,
    ignored: row.ignored as number,
    ignoredByReason: JSON.parse(row.ignored_by_reason as string),
    quarantinedByRule: JSON.parse(row.quarantined_by_rule as string),
    valuesDropped: row.values_dropped as number,
    wordsEmptied: row.words_emptied as number,
    acceptedByStatus: JSON.parse(row.accepted_by_status as string),
    acceptedByCurrency: JSON.parse(row.accepted_by_currency as string),
    status: row.status as 'loaded' | 'refused',
    problems: [],
  };
}
