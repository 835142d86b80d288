import { beforeAll, describe, expect, test } from "vitest";
import { startAnalysis } from "../pipeline/analysis.js";
import { exampleAnalysis } from "./example-analysis.test-support.js";
import { type ReportContext, renderReport, reportSections, reportSectionsNamed } from "./report.js";

const context: ReportContext = {
  inputName: "dacite-area3",
  inputFile: "dacite-area3.bcf",
  inputSha256: "ab".repeat(32),
  recipe: { seed: 5, steps: [{ step: "find-phases" }, { step: "maps" }, { step: "spectra" }] },
  recipeSha256: "cd".repeat(32),
  programVersion: "0.1.0",
};

/** Open tags must close in order, attributes be quoted, and every `&` start an entity: what an XML parser checks first. */
function checkWellFormed(markup: string): void {
  const body = markup.replace(/^<!DOCTYPE html>\n/, "").replace(/<style>[\s\S]*?<\/style>/, "");
  const open: string[] = [];
  let at = 0;
  for (const match of body.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    expect(body.slice(at, match.index)).not.toMatch(/[<>]|&(?!(?:amp|lt|gt|quot|#39);)/);
    at = match.index + match[0].length;
    const [, closing, name, attributes, empty] = match as unknown as [string, string, string, string, string];
    expect(attributes).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
    const keys = [...attributes.matchAll(/([\w:-]+)="/g)].map((attribute) => attribute[1]);
    expect(new Set(keys).size, match[0].slice(0, 80)).toBe(keys.length);
    if (closing === "/") expect(open.pop()).toBe(name);
    else if (empty === "") open.push(name);
  }
  expect(open).toEqual([]);
}

describe("some parts of a report", () => {
  const analysis = exampleAnalysis({ width: 40, height: 30 });
  const whole = renderReport(analysis, context);

  test("all of them are the whole report, but for the words about what was left out", () => {
    expect(renderReport(analysis, { ...context, sections: reportSections.map(({ id }) => id) })).toBe(whole);
    expect(whole).not.toContain("Left out");
  });

  test.each(reportSections.map(({ id }) => id))("%s alone is well-formed, and every link in it has a target", (id) => {
    const html = renderReport(analysis, { ...context, sections: [id] });
    checkWellFormed(html);
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, found]) => found);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, target] of html.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(target);
    expect(html).toContain("Left out on request: ");
  });

  test("parts keep their order whatever the order they are asked in, and figures are numbered anew", () => {
    const html = renderReport(analysis, { ...context, sections: ["method", "elements"] });
    const contents = [...html.matchAll(/<li><a href="#([^"]*)"/g)].map(([, id]) => id);
    expect(contents.filter((id) => id === "elements" || id === "method")).toEqual(["elements", "method"]);
    expect(contents).not.toContain("phases");
    expect(html).not.toContain('id="phases"');
  });

  test("a name that is no part is refused with those that are", () => {
    expect(reportSectionsNamed(["phases", "method"])).toEqual(["phases", "method"]);
    expect(() => reportSectionsNamed(["phases", "gossip"])).toThrow(/no part gossip/);
  });
});

describe("renderReport", () => {
  let html = "";
  beforeAll(() => {
    html = renderReport(exampleAnalysis({ width: 80, height: 60 }), context);
  });

  test("is well-formed", () => checkWellFormed(html));

  test("needs nothing from elsewhere and runs nothing", () => {
    expect(html).not.toMatch(/<script|<link|<iframe|<object|\son\w+="|@import|javascript:/i);
    expect(html.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:/);
    for (const [, target] of html.matchAll(/\s(?:href|src)="([^"]*)"/g)) expect(target).toMatch(/^(#|data:image\/png;base64,)/);
    for (const [, target] of html.matchAll(/url\(([^)]*)\)/g)) expect(target).toMatch(/^#/);
    expect(html).toContain('content="default-src &#39;none&#39;; img-src data:; style-src &#39;unsafe-inline&#39;"');
  });

  test("ids are unique and links within the page have targets", () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, target] of html.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(target);
    for (const [, target] of html.matchAll(/aria-labelledby="([^"]*)"/g)) expect(ids).toContain(target);
  });

  test("every picture says what it shows, every table head what it heads, headings go down step by step", () => {
    for (const [svg] of html.matchAll(/<svg [^>]*>/g)) expect(svg).toMatch(/role="img" aria-label="[^"]{4,}"/);
    for (const [head] of html.matchAll(/<th[ >][^>]*/g)) expect(head).toMatch(/scope="(col|row)"/);
    const levels = [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      if (i > 0) expect(level - levels[i - 1]!).toBeLessThanOrEqual(1);
    });
    expect(html).toMatch(/<html lang="en">/);
  });

  test("areas have one unit in the table and on the cards, that of the largest", () => {
    expect(html).toContain("Area, µm²");
    const analysis = exampleAnalysis({ width: 80, height: 60 });
    const classes = analysis.classes.map((phase, i) => ({ ...phase, areaUm2: i === 0 ? 2_345_600 : 40_000 }));
    const large = renderReport({ ...analysis, classes }, context).replaceAll("\u202f", " ");
    expect(large).toContain("Area, mm²");
    expect(large).not.toContain("µm²");
    expect(large).toContain('<td class="n">0.04</td>');
    expect(large).toContain(" px · 2.35 mm² · ");
    expect(large).toContain(" px · 0.04 mm² · ");
  });

  test("tells the result, the reasons and where they come from", () => {
    const text = html.replace(/<style>[\s\S]*?<\/style>/, "").replace(/<[^>]+>/g, " ");
    for (const words of [
      "Nine phases were found in 4,800 pixels",
      "Groundmass glass",
      "Why this is a phase",
      "Candidates not kept",
      "to tell the two apart at two standard errors",
      "Element maps",
      "Latent space",
      "Endmembers and abundances",
      "Residual",
      "How it was done",
      "References",
      "Constants of the method",
      "SIGMA 0.1.0",
      "ab".repeat(32),
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain("Fe Kα");
    expect(text).not.toMatch(/\b[A-Z][a-z]?_K[ab]\b/);
  });

  test("gives the same bytes for the same analysis", () => {
    expect(renderReport(exampleAnalysis({ width: 80, height: 60 }), context)).toBe(html);
  });

  test("hostile names stay names", () => {
    const hostile = `</title></style><script>alert("1")</script><img src=x onerror=alert(1)> & 'x' ]]>`;
    const other = renderReport(exampleAnalysis({ width: 24, height: 20, hostileName: hostile }), {
      ...context,
      inputName: hostile,
      inputFile: hostile,
    });
    checkWellFormed(other);
    expect(other).not.toMatch(/<script|<img/);
    expect(other).toContain("&lt;script&gt;");
  });

  test("says what is not known instead of guessing: no pixel size, no energy, no picture, no evidence", () => {
    const bare = exampleAnalysis({ width: 24, height: 20, calibrated: false, withEvidence: false });
    const image = {
      ...bare.image,
      images: [],
      energyAxis: { ...bare.image.energyAxis, offset: undefined, scale: undefined, units: undefined },
    };
    const other = renderReport({ ...bare, image }, context);
    checkWellFormed(other);
    expect(other).toContain("not calibrated");
    expect(other).toContain("5\u202fpixels");
    expect(other).not.toContain("µm²");
    expect(other).not.toContain("Why this is a phase");
    expect(other).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("an analysis of which nothing but the image is known has a report, too", () => {
    const other = renderReport(startAnalysis(exampleAnalysis({ width: 24, height: 20 }).image), context);
    checkWellFormed(other);
    expect(other).toContain("No phases were looked for");
    expect(other).not.toMatch(/NaN|undefined/);
  });
});

test("the methods tell of binning, of what was left out and of edits by hand, and of no colours", () => {
  const steps = [
    { step: "bin", factor: 2, energyFactor: 1 },
    { step: "mask", minimumCounts: 12 },
    { step: "edit", action: "rename", id: 0, name: "Olivine" },
    { step: "edit", action: "merge", ids: [1, 2] },
    { step: "edit", action: "recolour", id: 0, colour: "#123456" },
  ];
  const html = renderReport(exampleAnalysis({ width: 24, height: 16 }), { ...context, recipe: { seed: 0, steps } });
  expect(html).toContain("Counts of 2 × 2 pixels each were summed");
  expect(html).toContain("Pixels with fewer than 12 counts were left out.");
  expect(html).toContain("Classes were then edited by hand: 1 name given and 1 other edit made;");
});
