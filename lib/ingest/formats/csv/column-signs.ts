import { emptyWordLengths, emptyWordSigns } from '../../../feeds/empty-words.ts';
import type { Signs } from '../../../feeds/signs.ts';

// Bits of the signs, above those of a byte's class.
const nonAscii = 1 << 3;
const control = 1 << 4;
const blank = 1 << 5;
const equals = 1 << 6;
const plus = 1 << 7;
const dash = 1 << 8;
const upper = 1 << 9;
const exponent = 1 << 10;
const edge = 1 << 11;
const long = 1 << 12;
const emptyWord = 1 << 13;
const anyEmptyWord = 1 << 14;
const wholeFloat = 1 << 15;

const longBytes = 250;
/** Of a word that means nothing, its quotes included. */
const longestWord = 21;

/** The signs that a byte is, as bits above those of its class. */
export function signsOfByte(byte: number): number {
  if (byte >= 0x80) return nonAscii;
  if (byte < 0x20 || byte === 0x7f) return control;
  const sign = String.fromCharCode(byte);
  if (sign === ' ') return blank;
  if (sign === '=') return equals;
  if (sign === '+') return plus;
  if (sign === '-') return dash;
  if (sign === 'e' || sign === '_') return exponent;
  return (sign === 'E' ? exponent : 0) | (/[A-Z]/.test(sign) ? upper : 0);
}

/** A field as it stands, quotes and all, and the signs that its bytes are. */
interface FieldBytes {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  readonly seen: number;
}

/** All signs of a field: those that its bytes are, its length and its edges. */
function signsOfField(field: FieldBytes): number {
  const { from, to, seen } = field;
  const size = to - from > longBytes ? long : 0;
  const hasWhite = (seen & (blank | control)) !== 0;
  const words = to > from && to - from <= longestWord ? signsOfWord(field.bytes, from, to) : 0;
  return seen | size | words | (hasWhite && hasEdge(field) ? edge : 0);
}

/** Signs of a short field without its quotes. Beside white space anything may stand: `list` knows. */
function signsOfWord(bytes: Buffer, from: number, to: number): number {
  const first = bytes[from] as number;
  if (to - from > 1 && first === bytes[to - 1] && !isAlphanumeric(first)) {
    return signsOfWord(bytes, from + 1, to - 1);
  }
  const isFloat = bytes[to - 1] === 0x30 && bytes[to - 2] === 0x2e;
  const float = isFloat ? wholeFloat : 0;
  if (((emptyWordLengths[first] as number) & (1 << (to - from))) === 0) return float;
  const found = emptyWordSigns(bytes.toString('latin1', from, to));
  return float | (found.usual ? emptyWord : 0) | (found.any ? anyEmptyWord : 0);
}

function isAlphanumeric(byte = 0): boolean {
  return (
    (byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x61 && byte <= 0x7a)
  );
}

/** Whether a field begins or ends with white space, inside quotes or not. */
function hasEdge({ bytes, from, to }: FieldBytes): boolean {
  return (
    (bytes[from] as number) <= 0x20 ||
    (bytes[to - 1] as number) <= 0x20 ||
    (to - from > 2 && ((bytes[from + 1] as number) <= 0x20 || (bytes[to - 2] as number) <= 0x20))
  );
}

/** The signs of each column of a file; fields beyond its header are not looked at. */
export class ColumnSigns {
  readonly #bits: Int32Array;

  constructor(columns: number) {
    this.#bits = new Int32Array(columns + 1);
  }

  /** `place` is counted from 1. */
  add(place: number, field: FieldBytes): void {
    if (place >= this.#bits.length) return;
    this.#bits[place] = (this.#bits[place] as number) | signsOfField(field);
  }

  /** By column, from the first. */
  list(): Signs[] {
    return Array.from(this.#bits.subarray(1), (bits) => ({
      nonAscii: (bits & nonAscii) !== 0,
      control: (bits & control) !== 0,
      blank: (bits & blank) !== 0,
      edge: (bits & edge) !== 0,
      equals: (bits & equals) !== 0,
      plus: (bits & plus) !== 0,
      dash: (bits & dash) !== 0,
      upper: (bits & upper) !== 0,
      exponent: (bits & exponent) !== 0,
      long: (bits & long) !== 0,
      emptyWord: (bits & (emptyWord | edge)) !== 0,
      anyEmptyWord: (bits & (anyEmptyWord | edge)) !== 0,
      wholeFloat: (bits & (wholeFloat | edge)) !== 0,
    }));
  }
}
