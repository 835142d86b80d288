import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError, isSigmaError, UnsupportedError } from "../../errors.js";
import { child, childNumber, childText, decimalNumber, descendants } from "./query.js";
import { parseXml, type XmlElement } from "./xml.js";
import { xmlToJson } from "./xml-json.js";

describe("parseXml", () => {
  test("reads elements, attributes, text, CDATA, comments and processing instructions", () => {
    const root = parse(
      `<?xml version="1.0"?><!DOCTYPE a><!-- <b> --><a one="1" two='"2"'> x <b/><?p <c> ?><b y = "&lt;">t<![CDATA[<&>]]>u</b></a>\n\0`,
    );
    expect(root.name).toBe("a");
    expect([...root.attributes]).toEqual([
      ["one", "1"],
      ["two", '"2"'],
    ]);
    expect(root.text).toBe("x");
    expect(root.children.map(({ name, text, children }) => [name, text, children.length])).toEqual([
      ["b", "", 0],
      ["b", "t<&>u", 0],
    ]);
    expect(root.children[1]!.attributes.get("y")).toBe("<");
  });

  test.each([
    ["&lt;&gt;&amp;&quot;&apos;", "<>&\"'"],
    ["&#65;&#x42;&#x1F600;", "AB\u{1f600}"],
    ["&amp;lt;", "&lt;"],
    ["&unknown; &#x110000; & &;", "&unknown; &#x110000; & &;"],
  ])("resolves %s once", (text, expected) => expect(parse(`<a>${text}</a>`).text).toBe(expected));

  test.each([
    ["windows-1252", Uint8Array.of(0xb5, 0x80, 0x9f, 0x81), "µ€Ÿ\u0081"],
    ["latin1", Uint8Array.of(0x85), "…"],
    ["iso-8859-5", Uint8Array.of(0xb5), "Е"],
    ["utf-8", Uint8Array.of(0xc2, 0xb5), "µ"],
  ])("decodes %s", (encoding, text, expected) => {
    const document = [...ascii(`<?xml version="1.0" encoding="${encoding}"?><a>`), ...text, ...ascii("</a>")];
    expect(parseXml(Uint8Array.from(document), "doc").text).toBe(expected);
  });

  test.each([
    ["utf-16le", [0xff, 0xfe]],
    ["utf-16be", [0xfe, 0xff]],
  ])("decodes %s by its mark", (encoding, mark) => {
    const text = '<?xml version="1.0" encoding="utf-16"?><a>µ</a>';
    const units = Array.from(text, (letter) => letter.charCodeAt(0)).flatMap((unit) => [unit & 255, unit >> 8]);
    const bytes = encoding === "utf-16le" ? units : units.map((_, i) => units[i ^ 1]!);
    expect(parseXml(Uint8Array.from([...mark, ...bytes]), "doc").text).toBe("µ");
  });

  test("gives the bytes of a text that is one run", () => {
    expect(parse("<a>QUJD</a>").textBytes).toEqual(ascii("QUJD"));
    expect(parse("<a>QU<b/>JD</a>").textBytes).toBeUndefined();
  });

  test.each([
    ["", /no element/],
    ["text", /outside the root/],
    ["<a>", /ends inside the element <a>/],
    ["<a></b>", /<\/b> does not match <a>.*/],
    ["</a>", /does not match any/],
    ["<a/><b/>", /second root/],
    ["<a b>", /attribute b has no value/],
    ["<a b=c>", /not quoted/],
    ['<a b="c>', /does not end/],
    ["<a><!-- </a>", /comment does not end/],
    ["<a", /name is missing|has no value/],
    ["<>", /name is missing/],
    [`<${"a".repeat(2000)}>`, /longer than/],
    ["<a>".repeat(200), /nested deeper than 128/],
  ])("refuses %j, naming the byte", (text, message) => {
    expect(() => parse(text)).toThrow(FormatError);
    expect(() => parse(text)).toThrow(message);
    expect(() => parse(text)).toThrow(/doc, field XML, at byte \d+/);
  });

  test("refuses entities of the document's own, and unknown encodings", () => {
    expect(() => parse('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toThrow(UnsupportedError);
    expect(() => parse('<?xml version="1.0" encoding="klingon"?><a/>')).toThrow(UnsupportedError);
  });

  test("refuses more elements than allowed", () => {
    expect(() => parseXml(ascii(`<a>${"<b/>".repeat(11)}</a>`), "doc", { maxElements: 10 })).toThrow(/more than 10/);
  });

  test("gives a tree or a typed error for any bytes, in time that grows with their number", () => {
    const piece = fc.constantFrom(
      "<a>",
      "</a>",
      "<b x='1'>",
      "</b>",
      "<!",
      "<!--",
      "-->",
      "<![CDATA[",
      "]]>",
      "<?",
      "?>",
      "&lt;",
      "&#x41;",
      "[",
      ">",
      "x",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.array(piece, { maxLength: 40 }).map((parts) => ascii(parts.join(""))),
        ),
        (bytes) => {
          try {
            for (const { text } of descendants(parseXml(bytes, "doc"))) expect(typeof text).toBe("string");
          } catch (error) {
            expect(isSigmaError(error), String(error)).toBe(true);
          }
        },
      ),
      { numRuns: 500, seed: 23 },
    );
    for (const part of ["<!>", "<!---->", "<a>", "&lt;", "<", "]]>", "<?>"]) {
      const started = performance.now();
      expect(() => parse(`<r>${part.repeat(200_000)}`)).toThrow(FormatError);
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });
});

describe("queries", () => {
  const root = parse("<a><b>1,5</b><b>2</b><c><d>-2.5E-3</d></c><e> </e></a>");

  test("find children, texts and numbers", () => {
    expect(childText(root, "b")).toBe("1,5");
    expect(childNumber(root, "b")).toBe(1.5);
    expect(childNumber(child(root, "c"), "d")).toBe(-0.0025);
    expect(childText(root, "e")).toBeUndefined();
    expect(childNumber(undefined, "b")).toBeUndefined();
    expect([...descendants(root)].map(({ name }) => name).join("")).toBe("abbcde");
  });

  test.each([
    ["1,5", 1.5],
    ["+.5", 0.5],
    ["1e400", undefined],
    ["1,2,3", undefined],
    ["0x10", undefined],
    ["", undefined],
    ["NaN", undefined],
  ])("read %j as a number", (text, expected) => expect(decimalNumber(text)).toBe(expected));

  test("turn a document into plain data", () => {
    expect(
      xmlToJson(parse('<a k="v">t<b>1</b><b>2</b><big>x</big><__proto__>p</__proto__></a>'), ({ name }) => name === "big"),
    ).toEqual(JSON.parse('{"@k":"v","#text":"t","b":["1","2"],"__proto__":"p"}'));
  });
});

function parse(text: string): XmlElement {
  return parseXml(new TextEncoder().encode(text), "doc");
}

function ascii(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
