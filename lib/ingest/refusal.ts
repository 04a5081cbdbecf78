import type { Row } from '../ports/query-engine.ts';
import type { LoadFacts, LoadOutcome } from './ledger/load-row.ts';
import type { RefusedFile } from './refused-file.ts';
import type { LoadSummary, Problem } from './services.ts';

const nothingAccepted = {
  valuesDropped: 0,
  wordsEmptied: 0,
  acceptedByStatus: {},
  acceptedByCurrency: {},
};

/** A summary of what was not read. */
export const nothingCounted = {
  source: '',
  preset: null,
  recordsIn: 0,
  accepted: 0,
  quarantined: 0,
  ignored: 0,
  ignoredByReason: {},
  quarantinedByRule: {},
  ...nothingAccepted,
  problems: [],
} as const;

/** What a whole refused file counts: each record that was seen is refused. */
export function refusal(
  refused: RefusedFile,
): LoadOutcome & { readonly problems: readonly Problem[] } {
  const recordsIn = refused.place.recordsIn ?? 0;
  return {
    status: 'refused',
    recordsIn,
    accepted: 0,
    quarantined: recordsIn,
    ignored: 0,
    ignoredByReason: {},
    quarantinedByRule: recordsIn === 0 ? {} : { [refused.rule]: recordsIn },
    ...nothingAccepted,
    rule: refused.rule,
    hint: refused.hint,
    problems: [problemOf(refused), ...(refused.place.problems ?? [])],
  };
}

/** The one row of the quarantine that tells where the damage begins. */
export function refusalRow(facts: LoadFacts, refused: RefusedFile): Row {
  const { recordNumber, byteOffset, column } = problemOf(refused);
  return {
    load_id: facts.loadId,
    feed: facts.feed,
    source: facts.source,
    record_number: recordNumber,
    byte_offset: byteOffset,
    column_name: column,
    effect: 'file',
    rule: refused.rule,
    hint: refused.hint,
    raw_record: null,
  };
}

/** An object that is no load at all: its key says nothing that can be read. */
export function refusedKey(key: string, refused: RefusedFile): LoadSummary {
  return {
    ...nothingCounted,
    loadId: null,
    feed: null,
    file: key,
    status: 'refused',
    problems: [problemOf(refused)],
  };
}

function problemOf({ rule, hint, place }: RefusedFile): Problem {
  return {
    recordNumber: place.recordNumber ?? null,
    byteOffset: place.byteOffset ?? null,
    column: place.column ?? null,
    effect: 'file',
    rule,
    hint,
  };
}
