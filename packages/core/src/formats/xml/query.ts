/** Finding things in an XML document, and reading numbers that were written in any country. */
import type { XmlElement } from "./xml.js";

/** First child element of that name. */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}

/** Text of the first child of that name; `undefined` when there is no such child or it is empty. */
export function childText(element: XmlElement | undefined, name: string): string | undefined {
  return child(element, name)?.text || undefined;
}

/** Number in the first child of that name. */
export function childNumber(element: XmlElement | undefined, name: string): number | undefined {
  return decimalNumber(childText(element, name));
}

/** Every element below `element`, in the order of the document, the element itself first. */
export function* descendants(element: XmlElement | undefined): Generator<XmlElement> {
  if (element === undefined) return;
  const waiting: XmlElement[] = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (let i = next.children.length - 1; i >= 0; i--) waiting.push(next.children[i]!);
  }
}

/** A finite number with a decimal point or a decimal comma; `undefined` for anything else. */
export function decimalNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?\s*$/.test(text)) return undefined;
  const value = Number(text.replace(",", "."));
  return Number.isFinite(value) ? value : undefined;
}
