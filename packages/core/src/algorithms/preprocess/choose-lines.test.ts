import { describe, expect, it } from "vitest";
import { parseParameters } from "../parameters.js";
import { chooseLines } from "./choose-lines.js";
import { noisyImage, spectrumOf } from "./synthetic-image.test-support.js";

const run = (image: Parameters<typeof chooseLines.run>[0], given: object = {}) =>
  chooseLines.run(image, parseParameters(chooseLines, given), { seed: 0 });

describe("choice of lines", () => {
  it("finds what is there and nothing else: a silicate with iron", async () => {
    const mean = spectrumOf({ O: 40, Mg: 6, Al: 12, Si: 40, Ca: 8, Fe: 5 }, 150);
    const found = await run(noisyImage(16, 16, () => mean));
    expect(found.elements).toEqual(["Al", "Ca", "Fe", "Mg", "O", "Si"]);
    expect(found.lines).toEqual(["O_Ka", "Mg_Ka", "Al_Ka", "Si_Ka", "Ca_Ka", "Fe_Ka"]);
    for (const { sigma, chosen } of found.choices.filter(({ chosen }) => chosen !== "no")) {
      expect(sigma).toBeGreaterThan(8);
      expect(chosen).toBe("map");
    }
  });

  it("takes no beta line for another element: V Kb lies on Cr Ka, Ti Kb on V Ka", async () => {
    const found = await run(noisyImage(16, 16, () => spectrumOf({ Ti: 60, O: 60 }, 60)));
    expect(found.elements).toEqual(["O", "Ti"]);
    const vanadium = await run(noisyImage(16, 16, () => spectrumOf({ V: 60, Al: 20 }, 60)));
    expect(vanadium.elements).toEqual(["Al", "V"]);
  });

  it("tells S K from Pb M and Mo L by the rest of their families", async () => {
    expect((await run(noisyImage(16, 16, () => spectrumOf({ S: 30, Fe: 20 }, 60)))).elements).toEqual(["Fe", "S"]);
    expect((await run(noisyImage(16, 16, () => spectrumOf({ Pb: 40, O: 20 }, 60)))).elements).toEqual(["O", "Pb"]);
  });

  it("finds an element that lives in a few pixels only, and says so", async () => {
    const matrix = spectrumOf({ O: 40, Si: 40 }, 100);
    const grain = spectrumOf({ O: 30, P: 30, Ca: 30 }, 100);
    const found = await run(noisyImage(32, 32, (x, y) => (x >= 20 && x < 24 && y >= 8 && y < 12 ? grain : matrix)));
    expect(found.elements).toEqual(["Ca", "O", "P", "Si"]);
    expect(found.choices.find(({ element }) => element === "P")).toMatchObject({ chosen: "part" });
    expect((await run(noisyImage(16, 16, () => matrix))).elements).toEqual(["O", "Si"]);
  });

  it("considers no line that the beam cannot excite", async () => {
    const mean = spectrumOf({ Fe: 40, Si: 20 }, 60);
    const found = await run(noisyImage(12, 12, () => mean, { beamEnergyKev: 6.5 }));
    expect(found.lines).not.toContain("Fe_Ka");
    expect(found.lines).toContain("Si_Ka");
  });

  it("finds nothing in a bare background, and says so", async () => {
    const found = await run(noisyImage(16, 16, () => spectrumOf({}, 400)));
    expect(found.lines).toEqual([]);
    expect(found.findings.map(({ code }) => code)).toContain("no-lines-found");
  });

  it("says which elements it did not look for, and that it had to assume a beam energy", async () => {
    const image = noisyImage(4, 4, () => spectrumOf({ Si: 100 }, 10), { beamEnergyKev: undefined });
    const codes = (await run(image, { leaveOut: ["Rb", "Sr"] })).findings.map(({ code, message }) => `${code} ${message}`);
    expect(codes).toEqual([expect.stringContaining("beam-energy-unknown"), expect.stringMatching(/not-looked-for.*Rb, Sr/)]);
  });
});
