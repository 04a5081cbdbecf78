import { isUtf8 } from 'node:buffer';

/** Where the first byte sequence that is no UTF-8 begins; the length when all of it is. */
export function firstInvalidUtf8(bytes: Buffer): number {
  if (isUtf8(bytes)) return bytes.length;
  let good = 0;
  let bad = bytes.length;
  // The longest valid prefix, by halving; a prefix may end inside of a character.
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, characterStart(bytes, middle)))) good = middle;
    else bad = middle;
  }
  let start = characterStart(bytes, good);
  for (let length = lengthAt(bytes, start); length > 0; length = lengthAt(bytes, start)) {
    start += length;
  }
  return start;
}

/** Bytes of the character that begins there; 0 where none does. */
function lengthAt(bytes: Buffer, start: number): number {
  const most = Math.min(4, bytes.length - start);
  for (let length = 1; length <= most; length += 1) {
    if (isUtf8(bytes.subarray(start, start + length))) return length;
  }
  return 0;
}

/** The last place at or before `at` where a character may begin. */
function characterStart(bytes: Buffer, at: number): number {
  let start = at;
  while (start > 0 && at - start < 3 && ((bytes[start] as number) & 0xc0) === 0x80) start -= 1;
  return start;
}
