/**
 * A small XML reader over bytes, for the metadata that instruments write. It knows elements, attributes, text, CDATA, comments and
 * processing instructions; entities are the five of XML and numeric ones, so no document can make it grow or fetch anything.
 * Text is decoded only when asked for: an image of 100 MB in base64 costs nothing until then.
 */
import { FormatError, UnsupportedError } from "../../errors.js";
import { bytesAsUtf8, type DecodeText, textDecoderOf } from "./encoding.js";

/** An element. `children` are elements only, in the order of the document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** The element's own text (not its children's), entities resolved, trimmed. */
  readonly text: string;
  /** The bytes of the own text as they stand in the document, when they are one run; for base64. */
  readonly textBytes: Uint8Array | undefined;
  /** Byte offset of the start tag in the document. */
  readonly offset: number;
}

export interface XmlOptions {
  /** Deepest nesting that is accepted. Default 128. */
  readonly maxDepth?: number;
  /** Most elements that are accepted. Default 2,000,000. */
  readonly maxElements?: number;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const EQUALS = 0x3d;

/**
 * Reads a document and gives its root element. `where` names the document in messages.
 * Throws {@link FormatError} (with the byte offset in the document) for anything that is not well formed, {@link UnsupportedError} for
 * documents that define entities and for unknown encodings.
 */
export function parseXml(document: Uint8Array, where: string, options: XmlOptions = {}): XmlElement {
  const bytes = bytesAsUtf8(document);
  const reader = new XmlReader(bytes, where, options, textDecoderOf(bytes, where));
  return reader.readDocument();
}

class XmlNode implements XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
  readonly children: XmlNode[] = [];
  readonly #runs: (() => string)[] = [];
  #bytes: Uint8Array | undefined;
  #text: string | undefined;

  constructor(name: string, attributes: ReadonlyMap<string, string>, offset: number) {
    this.name = name;
    this.attributes = attributes;
    this.offset = offset;
  }

  get text(): string {
    this.#text ??= this.#runs
      .map((run) => run())
      .join("")
      .trim();
    return this.#text;
  }

  get textBytes(): Uint8Array | undefined {
    return this.#runs.length === 1 ? this.#bytes : undefined;
  }

  addText(bytes: Uint8Array, decode: () => string): void {
    this.#runs.push(decode);
    this.#bytes = bytes;
  }
}

const noAttributes: ReadonlyMap<string, string> = new Map();

class XmlReader {
  readonly #bytes: Uint8Array;
  readonly #where: string;
  readonly #maxDepth: number;
  readonly #elementsAllowed: number;
  readonly #decodeText: DecodeText;
  #at = 0;
  #elements = 0;

  constructor(bytes: Uint8Array, where: string, options: XmlOptions, decode: DecodeText) {
    this.#bytes = bytes;
    this.#where = where;
    this.#maxDepth = options.maxDepth ?? 128;
    this.#elementsAllowed = options.maxElements ?? 2_000_000;
    this.#decodeText = decode;
  }

  readDocument(): XmlElement {
    const open: XmlNode[] = [];
    let root: XmlNode | undefined;
    while (this.#at < this.#bytes.length) {
      const parent = open.at(-1);
      if (this.#bytes[this.#at] !== LESS) {
        this.#readText(parent);
      } else if (this.#bytes[this.#at + 1] === SLASH) {
        this.#closeElement(open);
      } else if (!this.#readAside(parent)) {
        if (parent === undefined && root !== undefined) this.#fail("There is a second root element.");
        const { node, closed } = this.#openElement(open.length);
        if (parent === undefined) root = node;
        else parent.children.push(node);
        if (!closed) open.push(node);
      }
    }
    const unclosed = open.at(-1);
    if (unclosed !== undefined) this.#fail(`The document ends inside the element <${unclosed.name}>.`);
    return root ?? this.#fail("The document has no element.");
  }

  /** Reads markup that is no element; false when an element begins here. */
  #readAside(parent: XmlNode | undefined): boolean {
    if (this.#startsWith("<!--")) this.#skipPast("-->", "comment");
    else if (this.#startsWith("<![CDATA[")) this.#readCdata(parent);
    else if (this.#startsWith("<?")) this.#skipPast("?>", "processing instruction");
    else if (this.#startsWith("<!")) this.#skipDoctype();
    else return false;
    return true;
  }

  #openElement(depth: number): { node: XmlNode; closed: boolean } {
    const start = this.#at;
    if (depth >= this.#maxDepth) this.#fail(`Elements are nested deeper than ${this.#maxDepth}.`);
    if (++this.#elements > this.#elementsAllowed) this.#fail(`There are more than ${this.#elementsAllowed} elements.`);
    this.#at++;
    const name = this.#readName();
    let attributes: Map<string, string> | undefined;
    for (;;) {
      this.#skipSpace();
      const byte = this.#bytes[this.#at];
      if (byte === GREATER) {
        this.#at++;
        return { node: new XmlNode(name, attributes ?? noAttributes, start), closed: false };
      }
      if (byte === SLASH && this.#bytes[this.#at + 1] === GREATER) {
        this.#at += 2;
        return { node: new XmlNode(name, attributes ?? noAttributes, start), closed: true };
      }
      attributes ??= new Map();
      this.#readAttribute(attributes);
    }
  }

  #readAttribute(attributes: Map<string, string>): void {
    const name = this.#readName();
    this.#skipSpace();
    if (this.#bytes[this.#at] !== EQUALS) this.#fail(`The attribute ${name} has no value.`);
    this.#at++;
    this.#skipSpace();
    const quote = this.#bytes[this.#at];
    if (quote !== 0x22 && quote !== 0x27) this.#fail(`The value of the attribute ${name} is not quoted.`);
    const start = this.#at + 1;
    const end = this.#bytes.indexOf(quote, start);
    if (end < 0) this.#fail(`The value of the attribute ${name} does not end.`);
    attributes.set(name, this.#decode(start, end));
    this.#at = end + 1;
  }

  #closeElement(open: XmlNode[]): void {
    const start = this.#at;
    this.#at += 2;
    const name = this.#readName();
    this.#skipSpace();
    if (this.#bytes[this.#at] !== GREATER) this.#fail(`The end tag </${name}> does not end.`);
    const node = open.pop();
    if (node?.name !== name) {
      this.#at = start;
      this.#fail(`The end tag </${name}> does not match ${node === undefined ? "any start tag" : `<${node.name}>`}.`);
    }
    this.#at++;
  }

  #readText(parent: XmlNode | undefined): void {
    const start = this.#at;
    const less = this.#bytes.indexOf(LESS, start);
    const end = less < 0 ? this.#bytes.length : less;
    let first = start;
    while (first < end && isBlank(this.#bytes[first]!)) first++;
    this.#at = end;
    if (first === end) return;
    if (parent === undefined) {
      this.#at = first;
      this.#fail("There is text outside the root element.");
    }
    parent.addText(this.#bytes.subarray(start, end), () => this.#decode(start, end));
  }

  #readCdata(parent: XmlNode | undefined): void {
    if (parent === undefined) this.#fail("There is text outside the root element.");
    const start = this.#at + "<![CDATA[".length;
    this.#skipPast("]]>", "CDATA section");
    const text = this.#bytes.subarray(start, this.#at - "]]>".length);
    parent.addText(text, () => this.#decodeText(text));
  }

  #skipDoctype(): void {
    const end = this.#bytes.indexOf(GREATER, this.#at);
    if (end < 0) this.#fail("The document type does not end.");
    if (this.#bytes.subarray(this.#at, end).includes(0x5b)) {
      throw new UnsupportedError("The document defines entities of its own.", {
        where: this.#where,
        field: "DOCTYPE",
        offset: this.#at,
        remedy: "Entities can make a small file grow without bound, so they are not read.",
      });
    }
    this.#at = end + 1;
  }

  #readName(): string {
    const start = this.#at;
    while (this.#at < this.#bytes.length && !endsName(this.#bytes[this.#at]!)) this.#at++;
    if (this.#at === start) this.#fail("A name is missing.");
    if (this.#at - start > 1024) this.#fail("A name is longer than 1,024 bytes.");
    return this.#decodeText(this.#bytes.subarray(start, this.#at));
  }

  #skipSpace(): void {
    while (this.#at < this.#bytes.length && isBlank(this.#bytes[this.#at]!)) this.#at++;
  }

  #startsWith(mark: string): boolean {
    for (let i = 0; i < mark.length; i++) if (this.#bytes[this.#at + i] !== mark.charCodeAt(i)) return false;
    return true;
  }

  #skipPast(mark: string, what: string): void {
    const start = this.#at;
    for (;;) {
      const next = this.#bytes.indexOf(mark.charCodeAt(0), this.#at + 1);
      if (next < 0) {
        this.#at = start;
        this.#fail(`A ${what} does not end.`);
      }
      this.#at = next;
      if (!this.#startsWith(mark)) continue;
      this.#at += mark.length;
      return;
    }
  }

  #decode(start: number, end: number): string {
    const text = this.#decodeText(this.#bytes.subarray(start, end));
    if (!text.includes("&")) return text;
    return text.replace(/&(#x[0-9a-fA-F]{1,6}|#[0-9]{1,7}|[A-Za-z]{2,8});/g, (whole, name: string) => entity(name) ?? whole);
  }

  #fail(problem: string): never {
    throw new FormatError(problem, {
      where: this.#where,
      field: "XML",
      offset: this.#at,
      remedy: "Copy the file again from the microscope; it may be damaged.",
    });
  }
}

const entities = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

function entity(name: string): string | undefined {
  if (!name.startsWith("#")) return entities.get(name);
  const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

/** Spaces, tabs, line ends; and the zero bytes with which some programs fill up. */
function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d) || byte === 0;
}

function endsName(byte: number): boolean {
  return isBlank(byte) || byte === GREATER || byte === SLASH || byte === EQUALS || byte === LESS;
}
