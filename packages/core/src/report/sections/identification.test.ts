import { describe, expect, test } from "vitest";
import { makePhantom } from "../../phantom/phantom.js";
import { type Analysis, startAnalysis } from "../../pipeline/analysis.js";
import { parseRecipe } from "../../pipeline/recipe.js";
import { identify } from "../../pipeline/steps/identify.js";
import { spectra } from "../../pipeline/steps/spectra.js";
import { modalShares } from "../modal-results.js";
import { renderReport } from "../report.js";
import { resultDocument } from "../result-document.js";
import { phasesCsv } from "../tables.js";

async function identified(): Promise<Analysis> {
  const phases = [
    { name: "quartz", formula: "SiO2" },
    { name: "ilmenite", formula: "FeTiO3" },
  ];
  const { image, truth } = await makePhantom({
    width: 40,
    height: 30,
    matrix: phases[0],
    particlePhases: phases.slice(1),
    particles: 5,
    thinShare: 0,
    countsPerPixel: 100,
  });
  const start = { ...startAnalysis(image), labels: Int32Array.from(truth.labels), lines: ["O_Ka", "Si_Ka", "Ti_Ka", "Fe_Ka"] };
  const known = await spectra.run(start, spectra.schema.parse({ step: "spectra" }), { seed: 0 });
  return identify.run(known, identify.schema.parse({ step: "identify" }), { seed: 0 });
}

describe("names in report, table and document", () => {
  test("stand with alternatives, composition with two errors, evidence and weight", async () => {
    const analysis = await identified();
    const context = {
      inputName: "phantom",
      inputSha256: "0",
      recipe: { seed: 0, steps: [{ step: "identify", significance: 5 }] },
      recipeSha256: "0",
      programVersion: "0",
    };
    const html = renderReport(analysis, context);
    expect(html).toContain("What the phases may be");
    expect(html).toContain("<b>quartz</b>");
    expect(html).toContain("cristobalite");
    expect(html).toContain("net counts exceed 5 standard errors");
    expect(html).toContain("polymorphs cannot be told apart");
    expect(html).not.toContain("weak evidence");
    const mixed = { ...analysis, identities: analysis.identities!.map((one) => ({ ...one, pure: false })) };
    expect(renderReport(mixed, context)).toContain("weak evidence: too few pure pixels");
    expect(html).toMatch(/Ti Kα[^<]*<\/td>|Ti Kα/);
    const [head, first, second] = phasesCsv(analysis).split("\r\n");
    expect(head).toMatch(
      /identified_as,verdict,could_also_be,density_g_cm3,weight_fraction,area_by_shares,area_by_shares_half_interval_95,pure_fraction_of_map,is_pore$/,
    );
    expect(first).toContain(",quartz,set,");
    expect(second).toContain(",ilmenite,one,");
    const shares = modalShares(analysis);
    expect(shares.reduce((sum, { weightFraction }) => sum + weightFraction!, 0)).toBeCloseTo(1, 12);
    const [quartz, ilmenite] = shares;
    expect(ilmenite!.weightFraction! / quartz!.weightFraction!).toBeCloseTo(
      (ilmenite!.areaFraction * 4.72) / (quartz!.areaFraction * 2.65),
      6,
    );
    const document = resultDocument({
      analysis,
      recipe: parseRecipe({ schemaVersion: 1, steps: [{ step: "identify" }] }),
      recipeSha256: "0",
      inputFiles: [],
      labelsSha256: undefined,
      timings: [],
      files: [],
    });
    expect(JSON.parse(JSON.stringify(document)).identities[1].name).toBe("ilmenite");
  });
});
