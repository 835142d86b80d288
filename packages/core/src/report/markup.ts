/** Markup for SVG and HTML as strings, without a DOM. Text is always escaped; the result is also well-formed XML. */

/** Markup that is sound already. Only this module makes it from text. */
export interface Markup {
  readonly markup: string;
}

export type Child = Markup | string | undefined | readonly Child[];
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const empty = new Set([
  "meta",
  "link",
  "br",
  "hr",
  "col",
  "img",
  "path",
  "rect",
  "line",
  "circle",
  "image",
  "use",
  "stop",
  "polyline",
]);

/** An element. Attributes that are `undefined` are left out; numbers are written with at most two decimals. */
export function element(name: string, attributes: Attributes, ...children: readonly Child[]): Markup {
  const inside = joined(children);
  const start = `<${name}${Object.entries(attributes).map(attribute).join("")}`;
  return { markup: inside === "" && empty.has(name) ? `${start}/>` : `${start}>${inside}</${name}>` };
}

/** Several pieces as one. */
export function fragment(...children: readonly Child[]): Markup {
  return { markup: joined(children) };
}

/** Takes text as markup: for style sheets and for SVG figures made here. Never for anything that comes from a file or a person. */
export function trusted(markup: string): Markup {
  return { markup };
}

/** Text as it may stand in an element or an attribute. Characters that XML forbids become U+FFFD. */
export function escapeText(text: string): string {
  if (!needsEscape(text)) return text;
  return Array.from(text, (character) => escapes[character] ?? (forbidden(character) ? "\ufffd" : character)).join("");
}

/** A coordinate: at most two decimals, no minus zero. */
export function coordinate(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Quick look, since pictures come as attributes of a megabyte. Surrogates go the slow way. */
function needsEscape(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x26 || code === 0x27 || code === 0x3c || code === 0x3e || code >= 0xd800)
      return true;
  }
  return false;
}

function forbidden(character: string): boolean {
  const code = character.codePointAt(0)!;
  return (
    (code < 0x20 && code !== 9 && code !== 10 && code !== 13) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfffe ||
    code === 0xffff
  );
}

function attribute([name, value]: [string, string | number | undefined]): string {
  if (value === undefined) return "";
  return ` ${name}="${typeof value === "number" ? coordinate(value) : escapeText(value)}"`;
}

function joined(children: readonly Child[]): string {
  return children.map(text).join("");
}

function text(child: Child): string {
  if (child === undefined) return "";
  if (typeof child === "string") return escapeText(child);
  return "markup" in child ? child.markup : joined(child);
}
