import pc from 'picocolors';

/** Where a command talks (stderr) and where its result goes (stdout). */
export interface Terminal {
  /** One line of talk; quiet for machines (`--json`). */
  readonly say: (line: string) => void;
  /** Replaces the line of progress on a terminal; a plain line elsewhere. */
  readonly progress: (line: string) => void;
  readonly result: (text: string) => void;
  readonly json: boolean;
}

export function openTerminal(options: { readonly json?: boolean }): Terminal {
  const json = options.json ?? false;
  const live = process.stderr.isTTY === true && !json;
  let pending = false;
  const clear = () => {
    if (pending) process.stderr.write('\r\u001b[2K');
    pending = false;
  };
  process.once('exit', clear);
  return {
    json,
    say: (line) => {
      clear();
      if (!json) process.stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (json) return;
      if (!live) {
        process.stderr.write(`${line}\n`);
        return;
      }
      clear();
      process.stderr.write(pc.dim(line.slice(0, (process.stderr.columns ?? 80) - 1)));
      pending = true;
    },
    result: (text) => {
      clear();
      process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
    },
  };
}
