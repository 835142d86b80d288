import { expect, test } from "vitest";
import { coordinate, element, escapeText, fragment, trusted } from "./markup.js";

test("text and attributes are escaped, markup is not escaped twice", () => {
  const inner = element("b", { title: `"it's" <&>` }, "a < b & c");
  expect(fragment(inner, " x", undefined, ["y", inner]).markup).toBe(
    '<b title="&quot;it&#39;s&quot; &lt;&amp;&gt;">a &lt; b &amp; c</b> xy<b title="&quot;it&#39;s&quot; &lt;&amp;&gt;">a &lt; b &amp; c</b>',
  );
  expect(element("script", {}, "</script><script>").markup).not.toContain("</script><script>");
  expect(trusted("<i>").markup).toBe("<i>");
});

test("what XML forbids does not get through", () => {
  expect(escapeText("a\u0000b\u0008c\ud800d\ne")).toBe("a\ufffdb\ufffdc\ufffdd\ne");
});

test("empty elements close themselves where that is sound in HTML and SVG", () => {
  expect(element("path", { d: "M0 0", fill: undefined }).markup).toBe('<path d="M0 0"/>');
  expect(element("td", {}).markup).toBe("<td></td>");
});

test("coordinates are short and never minus zero", () => {
  expect([coordinate(1.23456), coordinate(-0.001), coordinate(100)]).toEqual(["1.23", "0", "100"]);
});
