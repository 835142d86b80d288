import { expect, test } from "vitest";
import { htmlOfMarkdown, titleOfMarkdown } from "../build-plugins/markdown.js";

test("headings, paragraphs over several lines, emphasis and code", () => {
  const html = htmlOfMarkdown("# A title\n\nSome **bold** and\n*slanted* words, `a < *b*`.\n\n## Next\n");
  expect(html).toBe(
    "<h1>A title</h1>\n<p>Some <strong>bold</strong> and\n<em>slanted</em> words, <code>a &lt; *b*</code>.</p>\n<h2>Next</h2>",
  );
});

test("a picture alone is a figure; links to files beside the text are words, others stay", () => {
  expect(htmlOfMarkdown('![A "map"](pictures/a.png)')).toBe(
    '<figure><img src="pictures/a.png" alt="A &quot;map&quot;" loading="lazy"></figure>',
  );
  expect(htmlOfMarkdown("[formats](formats.md) and [Node](https://nodejs.org)")).toBe(
    '<p>formats and <a href="https://nodejs.org">Node</a></p>',
  );
});

test("nothing of the text becomes markup of its own", () => {
  expect(htmlOfMarkdown("<script>alert(1)</script> & more")).toBe("<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; more</p>");
  expect(titleOfMarkdown("# From a file to a map\n\nText")).toBe("From a file to a map");
});
