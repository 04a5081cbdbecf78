import { setTimeout as sleep } from 'node:timers/promises';

export interface TrinoColumn {
  readonly name: string;
  /** `decimal(18,4)` and its like. */
  readonly type: string;
}

/** Whole numbers beyond 2^53 are kept as text, digit by digit. */
export type TrinoValue = string | number | boolean | null;

export interface TrinoAnswer {
  /** Files that it wrote have names that begin with it. */
  readonly trinoId: string;
  readonly columns: readonly TrinoColumn[];
  readonly rows: readonly (readonly TrinoValue[])[];
  readonly updated: number | null;
  readonly scannedBytes: number;
  readonly error: { readonly name: string; readonly message: string } | null;
}

interface Page {
  readonly id: string;
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly TrinoValue[])[];
  readonly updateCount?: number;
  readonly stats: { readonly physicalInputBytes: number };
  readonly error?: { readonly message: string; readonly errorName: string };
}

export interface TrinoStatement {
  readonly answer: Promise<TrinoAnswer>;
  cancel(): Promise<void>;
}

/** Starts a statement with no setting of the session that Athena does not have. */
export function startStatement(
  { url, schema }: { readonly url: string; readonly schema: string },
  sql: string,
): TrinoStatement {
  let next: string | undefined;
  const work = async (): Promise<TrinoAnswer> => {
    const rows: (readonly TrinoValue[])[] = [];
    let columns: readonly TrinoColumn[] = [];
    let updated: number | null = null;
    let page = await fetchPage(`${url}/v1/statement`, {
      method: 'POST',
      body: sql,
      headers: {
        'x-trino-user': 'athena',
        'x-trino-catalog': 'awsdatacatalog',
        'x-trino-schema': schema,
        'x-trino-time-zone': 'UTC',
      },
    });
    for (;;) {
      columns = page.columns ?? columns;
      updated = page.updateCount ?? updated;
      rows.push(...(page.data ?? []));
      next = page.nextUri;
      if (next === undefined || page.error !== undefined) break;
      page = await fetchPage(next, {});
    }
    const { id: trinoId, error } = page;
    return {
      trinoId,
      columns,
      rows,
      updated,
      scannedBytes: page.stats.physicalInputBytes,
      error: error === undefined ? null : { name: error.errorName, message: error.message },
    };
  };
  return {
    answer: work(),
    cancel: async () => {
      if (next !== undefined) await fetch(next, { method: 'DELETE' }).catch(() => undefined);
    },
  };
}

async function fetchPage(url: string, init: RequestInit): Promise<Page> {
  for (;;) {
    const response = await fetch(url, init);
    const body = await response.text();
    if (response.ok) return JSON.parse(body, keepDigits) as Page;
    // 503 and its like ask the client to try again soon.
    if (![502, 503, 504].includes(response.status)) {
      throw new Error(`Cannot ask Trino: an answer is required: HTTP ${response.status}: ${body}`);
    }
    await sleep(100);
  }
}

function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const isTooLong = typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
  return isTooLong ? (context?.source ?? value) : value;
}
