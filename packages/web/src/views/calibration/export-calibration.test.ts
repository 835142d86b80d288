import { expect, test } from "vitest";
import type { LineRow } from "./calibration-lines.js";
import { calibrationFigures } from "./export-calibration.js";

const row = (name: string, trueKev: number, afterEv: number | undefined): LineRow => ({
  ...{ name, trueKev, channel: afterEv === undefined ? undefined : 100 * trueKev, beforeEv: 12, afterEv, errorEv: 0.5 },
  ...{ isUsed: true, by: "spectrum", counts: 1000, fwhmEv: undefined },
});
const rows = [row("zero", 0, 1), row("Si_Ka", 1.74, -2.1), row("Fe_Ka", 6.4, 3), row("Cu_Ka", 8.05, undefined)];
const spectrum = new Float64Array(1000).fill(5);
const axis = { name: "Energy", size: 1000, offset: 0, scale: 0.01, units: "keV" };

test("the spectrum with the lines and how far their peaks are off, then these distances", () => {
  const [lines, offsets] = calibrationFigures(rows, spectrum, axis, true);
  expect(lines!.subject).toMatch(/Si Kα −2\.1 eV, Fe Kα \+3\.0 eV\)$/);
  expect(lines!.draw(600)).toContain("Fe Kα");
  expect(lines!.draw(600)).not.toContain("Cu");
  expect(offsets!.draw(317).match(/<circle/g)).toHaveLength(3);
  expect(offsets!.draw(317)).toContain(">before<");
  expect(calibrationFigures(rows, spectrum, axis, false)[1]!.draw(317)).not.toContain(">before<");
});

test("without energies there are none", () => {
  expect(
    calibrationFigures(rows, spectrum, { name: "Channel", size: 1000, offset: 0, scale: 1, units: undefined }, false),
  ).toEqual([]);
});
