import type { ModalShare } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { associationsOf, modalRows, shadeOf, touchesUnassigned } from "./modal-rows.js";
import { associationTable, modalTable } from "./modal-tables.js";

const phase = (id: number, name: string) => ({ id, name, colour: "#355cc1", pixels: 3, areaFraction: 0.5 });
const grain = (classId: number, equivalentDiameter: number, touchesEdge = false) => ({
  classId,
  equivalentDiameter,
  touchesEdge,
});

const analysis = {
  classes: [phase(0, "Quartz, grey"), phase(4, "Ilmenite")],
  labels: Int32Array.of(0, 0, 4, 0, 4, -1),
  grid: { width: 3, height: 2, frames: 1, pixelSizeUm: [0.5, 2] },
  statistics: { grains: { unit: "um", grains: [grain(0, 4), grain(0, 8), grain(0, 90, true), grain(4, 2)] } },
} as unknown as AnalysisSnapshot;

const share = (id: number, more: Partial<ModalShare>): ModalShare => ({
  ...{ id, areaFraction: 0.5, areaOfShares: undefined, areaInterval: undefined, areaOfPure: undefined },
  ...{ densityGcm3: undefined, weightFraction: undefined, ...more },
});

test("rows tell weight where a density is known, and grains without those cut by the edge", () => {
  const modal = [share(0, { densityGcm3: 2.65, weightFraction: 1, areaOfShares: 0.52, areaInterval: 0.01 }), share(4, {})];
  const [quartz, ilmenite] = modalRows(analysis, modal);
  expect(quartz).toMatchObject({ weightFraction: 1, grains: 3, medianDiameter: 6, shares: { value: 0.52, half95: 0.01 } });
  expect(ilmenite).toMatchObject({ weightFraction: undefined, grains: 1, medianDiameter: 2, shares: undefined });
  const [head, first, second] = tableCsv(modalTable([quartz!, ilmenite!], "um")).split("\r\n");
  expect(head).toContain(",grains,median_equivalent_diameter_um");
  const unmeasured = [quartz!, ilmenite!].map((row) => ({ ...row, grains: undefined, medianDiameter: undefined }));
  expect(tableCsv(modalTable(unmeasured, "um"))).not.toMatch(/grains|diameter/);
  expect(first!.split(/,(?! )/)).toHaveLength(head!.split(",").length);
  expect(first).toContain('"Quartz, grey"');
  expect(second).toMatch(/^4,Ilmenite,3,0.5,,,,,,,1,2$/);
});

test("boundaries are in micrometres: upright edges by the height of a pixel, level ones by its width", () => {
  const touching = associationsOf(analysis)!;
  const between = (a: number, b: number) => touching.lengths[touching.ids.indexOf(a) * 3 + touching.ids.indexOf(b)];
  expect(touching.unit).toBe("um");
  expect(between(0, 4)).toBe(2 + 2 + 0.5);
  expect(between(4, -1)).toBe(2 + 0.5);
  expect(touchesUnassigned(touching)).toBe(true);
  expect(shadeOf(touching, 0, 1)).toBe(1);
  expect(associationsOf({ ...analysis, classes: [] })).toBeUndefined();
});

test("every two classes that touch are a row of the table of boundaries, the longest first, unassigned pixels with them", () => {
  const lines = tableCsv(associationTable(analysis, associationsOf(analysis)!))
    .trim()
    .split("\r\n");
  expect(lines[0]).toBe("id,neighbour_id,name,neighbour_name,boundary_um,preference");
  expect(lines[1]).toMatch(/^0,4,"Quartz, grey",Ilmenite,4.5,/);
  expect(lines[2]).toMatch(/^4,-1,Ilmenite,unassigned,2.5,/);
  expect(lines).toHaveLength(1 + 2);
});
