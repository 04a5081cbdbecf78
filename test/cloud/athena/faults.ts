/** What shall go wrong with the next queries whose text matches. */
export interface Fault {
  readonly matches: RegExp;
  readonly kind:
    | 'throttle'
    /** It writes all its files, registers its partition, and fails. */
    | 'fail after writing'
    /** It writes all its files, runs on until it is stopped, and then writes them once more. */
    | 'hang after writing';
  readonly times: number;
}

export interface Faults {
  add(fault: Fault): void;
  /** The fault of a query that starts now; it is used up by one. */
  take(text: string): Fault | null;
  /** Faults that no query has met. */
  left(): readonly Fault[];
}

export function openFaults(): Faults {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, left: fault.times }),
    take: (text) => {
      const found = waiting.find(({ fault, left }) => left > 0 && fault.matches.test(text));
      if (found === undefined) return null;
      found.left -= 1;
      return found.fault;
    },
    left: () => waiting.filter(({ left }) => left > 0).map(({ fault }) => fault),
  };
}
