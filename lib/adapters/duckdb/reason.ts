/** These tell of the text; others may quote a value of a row, which must not reach a message. */
const textErrors = /^(Parser|Binder|Catalog|Permission) Error/;

/** What a message may tell of why the engine failed, where the text holds nothing of a file. */
export function reasonOf(cause: unknown): string {
  const message = messageOf(cause);
  return textErrors.test(message) ? message : kindOf(cause);
}

/** What a message may tell in any case. */
export function kindOf(cause: unknown): string {
  const message = messageOf(cause);
  if (/No space left/i.test(message)) return 'no space is left on the disk';
  return message.split(':', 1)[0] as string;
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
