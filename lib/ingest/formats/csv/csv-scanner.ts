import { isUtf8 } from 'node:buffer';
import { RefusedFile } from '../../refused-file.ts';
import type { Dialect } from '../dialect.ts';
import type { SetAside } from '../set-aside.ts';
import { firstInvalidUtf8 } from '../utf8.ts';
import { ColumnSigns, signsOfByte } from './column-signs.ts';
import { quoteField, splitRecord } from './csv-fields.ts';
import { NumberedLines } from './numbered-lines.ts';

// Classes of bytes: the low bits of their kind; above them stand the signs that they are.
const classBits = 7;
const delimiter = 2;
const quote = 3;
const lineFeed = 4;
const carriageReturn = 5;
const nul = 6;

// States of a field.
const atStart = 0;
const unquoted = 1;
const quoted = 2;
const closed = 3;

const flushBytes = 2 ** 20;

interface ScannerOptions {
  readonly dialect: Dialect;
  /** Fields that each record must have. */
  readonly fields: number;
  readonly recordBytes: number;
  /** The most bytes that one call of `scan` is given. */
  readonly chunkBytes: number;
}

/**
 * The structure of a CSV, byte by byte and without any CSV library: strict about quotes and UTF-8,
 * indifferent to the kind of line end. Blank lines are no records. It fails with a RefusedFile, at
 * the place where it begins, on damage that makes records run together.
 */
export class CsvScanner {
  records = 0;
  ragged = 0;
  readonly lines: NumberedLines;
  /** The ragged records since these were last taken. */
  setAside: SetAside[] = [];
  /** Signs of each column so far. */
  readonly signs: ColumnSigns;

  readonly #kinds: Uint16Array;
  readonly #options: ScannerOptions;
  #state = atStart;
  #fields = 1;
  #fieldAt = 0;
  #seen = 0;
  #quoteOffset = 0;
  #isMultiLine = false;
  #hasStrayQuote = false;

  constructor(options: ScannerOptions, from: number) {
    this.#options = options;
    this.#kinds = byteKinds(options.dialect);
    this.signs = new ColumnSigns(options.fields);
    const capacity = flushBytes + 2 * options.recordBytes + 4 * options.chunkBytes;
    this.lines = new NumberedLines(capacity, options.dialect.delimiter.charCodeAt(0));
    this.lines.begin(1, from);
    this.#fieldAt = this.lines.used;
  }

  /** Reads the next bytes of the file; `at` is their place in it. */
  scan(chunk: Buffer, at: number): void {
    const kinds = this.#kinds;
    const { lines } = this;
    const out = lines.bytes;
    let used = lines.used;
    let state = this.#state;
    let seen = this.#seen;
    for (let i = 0; i < chunk.length; i += 1) {
      // Bytes without structure come in runs: this loop is what the speed depends on.
      const from = i;
      let byte = 0;
      let kind = 0;
      for (; i < chunk.length; i += 1) {
        byte = chunk[i] as number;
        kind = kinds[byte] as number;
        if ((kind & classBits) !== 0) break;
        seen |= kind;
        out[used] = byte;
        used += 1;
      }
      if (i > from) {
        if (state === atStart) state = unquoted;
        else if (state === closed) throw this.#damage('misplaced_quote');
        if (i === chunk.length) break;
      }
      const structure = kind & classBits;
      if (state === quoted) {
        seen |= kind;
        if (structure === quote) state = closed;
        else if (structure === nul) throw this.#nul(at + i);
        else if (structure !== delimiter) this.#isMultiLine = true;
      } else if (structure === delimiter) {
        this.#endField(seen, used);
        seen = 0;
        state = atStart;
        this.#fields += 1;
        this.#fieldAt = used + 1;
      } else if (structure === lineFeed || structure === carriageReturn) {
        this.#endField(seen, used);
        seen = 0;
        lines.used = used;
        this.#state = state;
        this.#endRecord(at + i + 1);
        state = atStart;
        used = lines.used;
        continue;
      } else if (structure === quote) {
        if (state === atStart) {
          state = quoted;
          this.#quoteOffset = at + i;
        } else if (state === closed) state = quoted;
        else if (isBlank(out, this.#fieldAt, used)) {
          this.#quoteOffset = at + i;
          throw this.#damage('misplaced_quote');
        } else this.#hasStrayQuote = true;
      } else throw this.#nul(at + i);
      out[used] = byte;
      used += 1;
    }
    lines.used = used;
    this.#state = state;
    this.#seen = seen;
    if (used - lines.fieldsAt > this.#options.recordBytes) {
      throw new RefusedFile('oversize_record', this.#place(lines.offset));
    }
  }

  /** Whether finished lines should be taken away. */
  get isFull(): boolean {
    return this.lines.used > flushBytes;
  }

  /** Gives the finished lines away; the record that is being read stays. */
  async drain(write: (lines: Buffer) => Promise<unknown>): Promise<void> {
    this.#fieldAt -= await this.lines.drain(write);
  }

  finish(at: number): void {
    if (this.#state === quoted) throw this.#damage('unclosed_quote');
    this.#endField(this.#seen, this.lines.used);
    this.#endRecord(at);
    this.lines.drop();
  }

  /** `seen` are the signs in it, `end` is where it ends in the line. */
  #endField(seen: number, end: number): void {
    const { bytes } = this.lines;
    this.signs.add(this.#fields, { bytes, from: this.#fieldAt, to: end, seen });
  }

  /** `next` is where the record after this one begins. */
  #endRecord(next: number): void {
    const { lines } = this;
    const size = lines.used - lines.fieldsAt;
    if (size === 0) {
      lines.drop();
    } else if (size > this.#options.recordBytes) {
      throw new RefusedFile('oversize_record', this.#place(lines.offset));
    } else {
      this.records += 1;
      if (this.#fields === this.#options.fields) this.#keep();
      else this.#putAside();
    }
    lines.begin(this.records + 1, next);
    this.#fieldAt = lines.used;
    this.#state = atStart;
    this.#fields = 1;
    this.#isMultiLine = false;
    this.#hasStrayQuote = false;
  }

  #keep(): void {
    if (this.#hasStrayQuote) this.#quoteAll();
    this.lines.finish();
  }

  /** A quote inside of a field that has none around it is a sign like others: quoting says so. */
  #quoteAll(): void {
    const { dialect } = this.#options;
    const fields = splitRecord(this.lines.record.toString('latin1'), dialect);
    const record = fields.map((text) => quoteField(text, dialect)).join(dialect.delimiter);
    this.lines.replaceRecord(Buffer.from(record, 'latin1'));
  }

  #putAside(): void {
    // Several lines and the wrong number of fields: a quote has swallowed the records after it.
    if (this.#isMultiLine) {
      this.records -= 1;
      throw this.#damage('unclosed_quote');
    }
    this.ragged += 1;
    const { record, offset } = this.lines;
    if (!isUtf8(record)) {
      throw new RefusedFile('wrong_encoding', {
        recordNumber: this.records,
        byteOffset: offset + firstInvalidUtf8(record),
        recordsIn: this.records,
      });
    }
    const raw = record.toString('utf8');
    this.setAside.push({
      recordNumber: this.records,
      byteOffset: offset,
      rule: 'ragged_record',
      raw,
    });
    this.lines.drop();
  }

  #place(byteOffset: number) {
    const recordNumber = this.records + 1;
    return { recordNumber, byteOffset, recordsIn: recordNumber };
  }

  #damage(rule: 'unclosed_quote' | 'misplaced_quote'): RefusedFile {
    return new RefusedFile(rule, this.#place(this.#quoteOffset));
  }

  #nul(at: number): RefusedFile {
    return new RefusedFile('nul_byte', this.#place(at));
  }
}

function isBlank(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (bytes[i] !== 32 && bytes[i] !== 9) return false;
  return true;
}

function byteKinds(dialect: Dialect): Uint16Array {
  const kinds = Uint16Array.from({ length: 256 }, (_, byte) => signsOfByte(byte));
  const setClass = (byte: number, structure: number) => {
    kinds[byte] = (kinds[byte] as number) | structure;
  };
  setClass(0, nul);
  setClass(10, lineFeed);
  setClass(13, carriageReturn);
  setClass(dialect.delimiter.charCodeAt(0), delimiter);
  if (dialect.quote !== null) setClass(dialect.quote.charCodeAt(0), quote);
  return kinds;
}
