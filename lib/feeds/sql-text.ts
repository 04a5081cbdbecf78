/** A SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A quoted SQL identifier. */
export function name(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
