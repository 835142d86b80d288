import { describe, expect, test } from "vitest";
import { readNpy } from "../../formats/npy/npy.js";
import type { Analysis } from "../../pipeline/analysis.js";
import type { Decomposition } from "../../pipeline/decomposition.js";
import { exampleAnalysis } from "../example-analysis.test-support.js";
import { type ReportContext, renderReport } from "../report.js";
import { resultFiles } from "../result-files.js";

const context: ReportContext = {
  inputName: "dacite-area3",
  inputSha256: "ab".repeat(32),
  recipe: { seed: 5, steps: [{ step: "decompose" }] },
  recipeSha256: "cd".repeat(32),
  programVersion: "0.1.0",
};
const [width, height] = [20, 15];

function decomposed(changes: Partial<Decomposition> = {}): Analysis {
  const analysis = exampleAnalysis({ width, height });
  const signed = Float64Array.from({ length: 1024 }, (_, c) => Math.sin(c / 40) / 25);
  return {
    ...analysis,
    decomposition: {
      method: "pca",
      treatment: ["Poisson scaling"],
      components: [signed.map(Math.abs), signed],
      scores: Float32Array.from({ length: 2 * width * height }, (_, i) => (i % 2 === 0 ? 100 : (i % 7) - 3)),
      mean: undefined,
      explainedShare: Float64Array.of(0.6, 0.1),
      scree: {
        shares: Float64Array.of(0.6, 0.1, 0.01, 0.009, 0.008),
        elbow: 3,
        noiseShare: 0.02,
        aboveNoise: 2,
        replication: Float64Array.of(273.04, 62.5, 0.2, -1.3, 0.4),
        confirmed: 2,
        replicated: 2,
        suggested: 2,
        suggestedBy: "replication",
      },
      reconstructed: false,
      ...changes,
    },
  };
}

describe("components in the report", () => {
  const html = renderReport(decomposed(), context);

  test("are absent without a decomposition", () => {
    expect(renderReport(exampleAnalysis({ width, height }), context)).not.toContain('id="components"');
  });

  test("show the scree curve with its readings and the numbers behind them", () => {
    expect(html).toContain(
      "2 are confirmed by the other half of the counts; the elbow of the curve is at 3; 2 lie above the edge",
    );
    expect(html).toContain("chosen: 2");
    expect(html).toContain(">273.0<");
  });

  test("say that signs are a convention where there are negative values, and draw both sides", () => {
    expect(html).toContain("Their sign is a convention");
    expect(html).toContain("below 0");
  });

  test("say when everything after them comes from the reconstruction", () => {
    expect(html).not.toContain("what it leaves out, noise above all, is gone");
    expect(renderReport(decomposed({ reconstructed: true }), context)).toContain("what it leaves out, noise above all, is gone");
  });
});

describe("components as files", () => {
  const files = new Map(
    [...resultFiles(decomposed({ mean: new Float64Array(1024) }), context)].map(({ path, bytes }) => [path, bytes]),
  );

  test("one spectrum per component, the mean, the scree curve", () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(["components/component-0.msa", "components/component-1.msa", "components/mean.msa", "scree.csv"]),
    );
    expect(new TextDecoder().decode(files.get("scree.csv")).split("\r\n").slice(0, 3)).toEqual([
      "component,share,replication_sigma",
      "0,0.6,273.04",
      "1,0.1,62.5",
    ]);
  });

  test("scores as [y, x, component]", () => {
    const { shape, data } = readNpy(files.get("scores.npy")!);
    expect(shape).toEqual([height, width, 2]);
    expect([data[0], data[1], data[3]]).toEqual([100, -2, 0]);
  });
});
