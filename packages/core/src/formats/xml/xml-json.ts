import type { XmlElement } from "./xml.js";

/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * A document as plain data, for `originalMetadata`: an element without attributes and children is its text; any other is an object
 * with its attributes as `@name`, its children by name (a list where a name repeats) and its own text as `#text`. Texts stay texts.
 * Elements for which `leaveOut` says so are dropped: use it for images only.
 */
export function xmlToJson(element: XmlElement, leaveOut: (element: XmlElement) => boolean = () => false): Json {
  if (element.attributes.size === 0 && element.children.length === 0) return element.text;
  const entries = new Map<string, Json | Json[]>();
  for (const [name, value] of element.attributes) entries.set(`@${name}`, value);
  const repeated = new Map<string, Json[]>();
  for (const part of element.children) {
    if (leaveOut(part)) continue;
    const value = xmlToJson(part, leaveOut);
    const list = repeated.get(part.name);
    if (list !== undefined) list.push(value);
    else repeated.set(part.name, [value]);
  }
  for (const [name, values] of repeated) entries.set(name, values.length === 1 ? values[0]! : values);
  if (element.text !== "") entries.set("#text", element.text);
  return Object.fromEntries(entries);
}
