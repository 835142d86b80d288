/** Where things stand in a text of JSON, so that what is wrong with it can be shown there. */

export interface TextPlace {
  /** First character, counted from 0, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** A text that is not JSON: where reading ended, and what could have stood there. */
export interface JsonFault {
  readonly at: number;
  readonly expected: string;
}

export type JsonPlaces = { readonly places: ReadonlyMap<string, TextPlace> } | { readonly fault: JsonFault };

/** The place of every value by its path, as `steps.3.factor`; the whole has the empty path. */
export function jsonPlaces(text: string): JsonPlaces {
  const reader = new Reader(text);
  const places = new Map<string, TextPlace>();
  const isRead = readValue(reader, "", places) && (reader.atEnd() || reader.failed("the end of the text"));
  return isRead ? { places } : { fault: reader.fault };
}

/** The innermost thing on the way to a path that the text has: a parameter that is missing is shown by its step. */
export function placeOfPath(places: ReadonlyMap<string, TextPlace>, path: string): TextPlace | undefined {
  for (let at = path; ; at = at.slice(0, at.lastIndexOf("."))) {
    const found = places.get(at);
    if (found !== undefined) return found;
    if (!at.includes(".")) return places.get("");
  }
}

/** Counted from 1. */
export function lineAt(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}

class Reader {
  at = 0;
  fault: JsonFault = { at: 0, expected: "" };
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** Goes over what matches, and gives it; undefined where it does not. */
  take(pattern: RegExp): string | undefined {
    this.skip();
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }

  skip(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at++;
  }

  atEnd(): boolean {
    this.skip();
    return this.at >= this.text.length;
  }

  failed(expected: string): false {
    this.skip();
    this.fault = { at: this.at, expected };
    return false;
  }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids exactly these in strings
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

function readValue(reader: Reader, path: string, places: Map<string, TextPlace>): boolean {
  reader.skip();
  const start = reader.at;
  const isRead =
    reader.take(/\{/y) !== undefined
      ? readObject(reader, path, places)
      : reader.take(/\[/y) !== undefined
        ? readList(reader, path, places)
        : (reader.take(STRING) ?? reader.take(PLAIN)) !== undefined || reader.failed("a value");
  if (isRead) places.set(path, { start, end: reader.at });
  return isRead;
}

function readObject(reader: Reader, path: string, places: Map<string, TextPlace>): boolean {
  if (reader.take(/\}/y) !== undefined) return true;
  for (;;) {
    const name = reader.take(STRING);
    if (name === undefined) return reader.failed("a name in double quotes");
    if (reader.take(/:/y) === undefined) return reader.failed("a colon");
    if (!readValue(reader, joined(path, String(JSON.parse(name))), places)) return false;
    if (reader.take(/\}/y) !== undefined) return true;
    if (reader.take(/,/y) === undefined) return reader.failed("a comma or }");
  }
}

function readList(reader: Reader, path: string, places: Map<string, TextPlace>): boolean {
  if (reader.take(/\]/y) !== undefined) return true;
  for (let i = 0; ; i++) {
    if (!readValue(reader, joined(path, String(i)), places)) return false;
    if (reader.take(/\]/y) !== undefined) return true;
    if (reader.take(/,/y) === undefined) return reader.failed("a comma or ]");
  }
}

function joined(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
