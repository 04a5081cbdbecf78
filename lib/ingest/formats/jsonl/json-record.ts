import type { Rule } from '../../../feeds/rules.ts';

/** A line that is no record, and by which rule. */
export class JsonTrouble extends Error {
  readonly rule: Rule;

  constructor(rule: Rule) {
    super(rule);
    this.rule = rule;
  }
}

const deepest = 16;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const blanks = /[ \t\r]*/y;

/**
 * One JSON object as texts by name. Numbers keep the digits they were written with, whatever their
 * size; null is left out; the members of an inner object are named `outer.inner`; an array is its
 * JSON text. Stricter than JSON.parse: a repeated name is refused.
 * Fails with a JsonTrouble.
 */
export function parseJsonRecord(line: string): Map<string, string> {
  const reader = new JsonReader(line);
  reader.skipBlanks();
  if (reader.peek() !== '{') throw new JsonTrouble(isJson(line) ? 'not_an_object' : 'not_json');
  const fields = new Map<string, string>();
  reader.readObject('', fields, 0);
  reader.skipBlanks();
  if (reader.peek() !== '') throw new JsonTrouble('not_json');
  return fields;
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  peek(): string {
    return this.#text.charAt(this.#at);
  }

  skipBlanks(): void {
    blanks.lastIndex = this.#at;
    blanks.exec(this.#text);
    this.#at = blanks.lastIndex;
  }

  readObject(prefix: string, fields: Map<string, string>, depth: number): void {
    if (depth > deepest) throw new JsonTrouble('not_json');
    this.#take('{');
    const names = new Set<string>();
    this.skipBlanks();
    if (this.peek() === '}') {
      this.#at += 1;
      return;
    }
    for (;;) {
      this.skipBlanks();
      const name = prefix + this.#readString();
      if (names.has(name) || fields.has(name)) throw new JsonTrouble('repeated_name');
      names.add(name);
      this.skipBlanks();
      this.#take(':');
      this.skipBlanks();
      this.#readValue(name, fields, depth);
      this.skipBlanks();
      const next = this.peek();
      this.#at += 1;
      if (next === '}') return;
      if (next !== ',') throw new JsonTrouble('not_json');
    }
  }

  #readValue(name: string, fields: Map<string, string>, depth: number): void {
    const first = this.peek();
    if (first === '"') fields.set(name, this.#readString());
    else if (first === '{') this.readObject(`${name}.`, fields, depth + 1);
    else if (first === '[') fields.set(name, this.#readArray());
    else if (this.#skipWord('true')) fields.set(name, 'true');
    else if (this.#skipWord('false')) fields.set(name, 'false');
    else if (!this.#skipWord('null')) fields.set(name, this.#readNumber());
  }

  #readString(): string {
    this.#take('"');
    const begins = this.#at;
    for (let end = begins; ; end += 1) {
      const sign = this.#text.charCodeAt(end);
      if (sign === 0x22) {
        const raw = this.#text.slice(begins, end);
        this.#at = end + 1;
        return raw.includes('\\') ? unescaped(raw) : raw;
      }
      if (sign === 0x5c) end += 1;
      else if (Number.isNaN(sign) || sign < 0x20) throw new JsonTrouble('not_json');
    }
  }

  /** The text of an array, up to the bracket that closes it. */
  #readArray(): string {
    const begins = this.#at;
    let open = 0;
    do {
      const sign = this.peek();
      if (sign === '') throw new JsonTrouble('not_json');
      if (sign === '"') {
        this.#readString();
        continue;
      }
      if (sign === '[') open += 1;
      else if (sign === ']') open -= 1;
      this.#at += 1;
    } while (open > 0);
    const text = this.#text.slice(begins, this.#at);
    if (!isJson(text)) throw new JsonTrouble('not_json');
    return text;
  }

  #readNumber(): string {
    number.lastIndex = this.#at;
    const match = number.exec(this.#text);
    if (match === null) throw new JsonTrouble('not_json');
    this.#at = number.lastIndex;
    return match[0];
  }

  #skipWord(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #take(sign: string): void {
    if (this.peek() !== sign) throw new JsonTrouble('not_json');
    this.#at += 1;
  }
}

/** Escapes are JSON's own; halves of characters and NUL are no text. */
function unescaped(raw: string): string {
  let text: unknown;
  try {
    text = JSON.parse(`"${raw}"`);
  } catch {
    throw new JsonTrouble('not_json');
  }
  if (typeof text !== 'string' || !text.isWellFormed()) throw new JsonTrouble('not_json');
  if (text.includes('\0')) throw new JsonTrouble('invisible_character');
  return text;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
