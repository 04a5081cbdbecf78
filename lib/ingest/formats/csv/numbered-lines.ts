import { isUtf8 } from 'node:buffer';
import { RefusedFile } from '../../refused-file.ts';
import { firstInvalidUtf8 } from '../utf8.ts';

/**
 * Records on their way to the engine, each as one line that begins with its number and its place
 * in the file. The scanner puts the bytes of a record at `used` itself, for speed.
 */
export class NumberedLines {
  readonly bytes: Buffer;
  /** End of what is written. */
  used = 0;
  /** Where the fields of the current record begin. */
  fieldsAt = 0;
  #lineAt = 0;
  #recordNumber = 0;
  #offset = 0;
  readonly #delimiter: number;
  /** Of each finished line: where its fields begin here, and its place in the file. */
  #starts: number[] = [];
  #offsets: number[] = [];
  #firstNumber = 0;

  constructor(capacity: number, delimiter: number) {
    this.bytes = Buffer.allocUnsafe(capacity);
    this.#delimiter = delimiter;
  }

  begin(recordNumber: number, offset: number): void {
    this.#lineAt = this.used;
    this.#recordNumber = recordNumber;
    this.#offset = offset;
    this.#writeNumber(recordNumber);
    this.#writeNumber(offset);
    this.fieldsAt = this.used;
  }

  /** Where the current record begins in the file. */
  get offset(): number {
    return this.#offset;
  }

  /** The current record as it stands in the file. */
  get record(): Buffer {
    return this.bytes.subarray(this.fieldsAt, this.used);
  }

  replaceRecord(record: Buffer): void {
    this.used = this.fieldsAt + record.copy(this.bytes, this.fieldsAt);
  }

  drop(): void {
    this.used = this.#lineAt;
  }

  finish(): void {
    if (this.#starts.length === 0) this.#firstNumber = this.#recordNumber;
    this.#starts.push(this.fieldsAt);
    this.#offsets.push(this.#offset);
    this.bytes[this.used] = 10;
    this.used += 1;
  }

  /**
   * Gives the finished lines away and moves the unfinished record to the front; returns by how much.
   * Fails with a RefusedFile where the lines are no UTF-8.
   */
  async drain(write: (lines: Buffer) => Promise<unknown>): Promise<number> {
    const lines = this.bytes.subarray(0, this.#lineAt);
    if (!isUtf8(lines)) {
      const at = firstInvalidUtf8(lines);
      const i = this.#starts.findLastIndex((start) => start <= at);
      throw new RefusedFile('wrong_encoding', {
        recordNumber: this.#firstNumber + i,
        byteOffset: (this.#offsets[i] as number) + at - (this.#starts[i] as number),
        recordsIn: this.#firstNumber + i,
      });
    }
    await write(lines);
    const moved = this.#lineAt;
    this.bytes.copyWithin(0, moved, this.used);
    this.used -= moved;
    this.fieldsAt -= moved;
    this.#lineAt = 0;
    this.#starts = [];
    this.#offsets = [];
    return moved;
  }

  #writeNumber(value: number): void {
    let end = this.used + 1;
    for (let bound = 10; bound <= value; bound *= 10) end += 1;
    let rest = value;
    for (let i = end - 1; i >= this.used; i -= 1) {
      const tenth = Math.floor(rest / 10);
      this.bytes[i] = 48 + (rest - tenth * 10);
      rest = tenth;
    }
    this.bytes[end] = this.#delimiter;
    this.used = end + 1;
  }
}
