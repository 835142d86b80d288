import { expect, test } from "vitest";
import { formatFixed, formatPercent, THIN_SPACE } from "../../numbers.js";
import { exampleAnalysis } from "../example-analysis.test-support.js";
import { modalShares } from "../modal-results.js";
import { renderReport } from "../report.js";

const context = {
  inputName: "example",
  inputSha256: "0",
  recipe: { seed: 0, steps: [{ step: "find-phases" }] },
  recipeSha256: "0",
  programVersion: "0",
};

test("the table of phases has areas by shares with their own intervals, and pure pixels as a share of the map, in a column each", () => {
  const analysis = exampleAnalysis();
  const html = renderReport(analysis, context);
  const phases = html.slice(html.indexOf('id="phases"'), html.indexOf('id="cards"'));
  const [first] = modalShares(analysis);
  const [area, half] = [first!.areaOfShares!, first!.areaInterval!].map((value) => formatFixed(100 * value, 1));
  const cells = [...phases.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, text]) => text);
  const at = cells.indexOf(`${area}${THIN_SPACE}±${THIN_SPACE}${half}`);
  expect(at).toBeGreaterThan(-1);
  expect(cells[at + 1]).toBe(formatPercent(first!.areaOfPure!));
  expect(first!.areaOfPure!).toBeLessThan(first!.areaFraction);
});
