import type { Terminal } from '../../lib/cli/terminal.ts';

/** A terminal that keeps what it was told. */
export function silent(): Terminal & { readonly said: string[] } {
  const said: string[] = [];
  return {
    said,
    json: false,
    say: (line) => said.push(line),
    progress: () => {},
    result: () => {},
  };
}
