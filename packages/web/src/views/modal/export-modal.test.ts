import { expect, test } from "vitest";
import { areasFigure, areaText } from "./export-modal.js";
import type { ModalRow } from "./modal-rows.js";

const row = (name: string, parts: Partial<ModalRow>) => ({ id: 0, name, colour: "#355cc1", ...parts }) as ModalRow;
const rows = [
  row("Quartz", { labels: { value: 0.8, half95: undefined }, shares: { value: 0.7912, half95: 0.004 } }),
  row("Glass", { labels: { value: 0.2, half95: undefined } }),
];

test("areas are those of the table, by shares where they are known, with their intervals", () => {
  expect(rows.map(areaText)).toEqual(["79.1 ± 0.4", "20.0"]);
  const figure = areasFigure(rows);
  expect(figure.subject).toContain("95 % intervals");
  expect(figure.draw(317)).toContain("79.1 ± 0.4");
  expect(figure.draw(317).match(/class="s-ink"/g)).toHaveLength(3);
});
