/** An export as its owner would drop it, and what the owner says that it sold. */
export interface MadeUpExport {
  readonly file: string;
  readonly content: string | Buffer;
  /** Net sales: after discount, before tax and shipping, less what was given back. */
  readonly net: string;
}

/** Lines as a file has them. */
export function linesOf(text: string): string {
  return text.replace(/^\n/, '');
}
