import { expect, test } from "vitest";
import { tableCsv } from "../../session/data-table.js";
import { confusionPixels } from "./comparison-tables.js";
import { changeFigure, confusionFigure } from "./export-comparison.js";

const grid = { width: 4, height: 2, frames: 1, pixelSizeUm: [0.5, 0.5] as const };

test("the map of changes says how much changed", () => {
  const figure = changeFigure(Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 1), grid, "the run before");
  expect(figure.subject).toBe("Pixels in another class than in the run before");
  expect(figure.draw(220)).toMatch(/^<svg[\s\S]*Other class[\s\S]*25\.0[\s\S]*<\/svg>\s*$/);
});

test("where pixels went is a table with the classes of both", () => {
  const columns = [
    { id: 0, name: "Quartz" },
    { id: 1, name: "Glass" },
  ];
  const rows = [{ id: 0, name: "Quartz, grey", counts: [5, 1], partner: 0 }];
  expect(tableCsv(confusionPixels({ columns, rows }))).toBe('before,Quartz,Glass\r\n"Quartz, grey",5,1\r\n');
});

test("where pixels went is a figure with the classes of both", () => {
  const columns = [
    { id: 0, name: "Quartz now" },
    { id: 1, name: "Glass now" },
  ];
  const figure = confusionFigure({ columns, rows: [{ id: 0, name: "Quartz", counts: [5, 1], partner: 0 }] }, "the run before");
  expect(figure.subject).toContain("the run before");
  for (const words of ["Quartz now", "Glass now", ">Quartz<", ">5<", ">1<"]) expect(figure.draw(317)).toContain(words);
});
