import { expect, test } from "vitest";
import { ratioGroups } from "./ratio-groups.js";

test("each line is chosen by itself; choosing the other one exchanges both", () => {
  let chosen = { over: "Ca_Ka", under: "P_Ka" };
  const choose = (group: 0 | 1, label: string): void => {
    const groups = ratioGroups(chosen, ["Ca_Ka", "P_Ka", "Fe_Ka"], (ratio) => {
      chosen = ratio;
    });
    groups[group]!.items.find((item) => item.label === label)!.choose();
  };
  choose(0, "Fe Kα above");
  expect(chosen).toEqual({ over: "Fe_Ka", under: "P_Ka" });
  choose(1, "Fe Kα below");
  expect(chosen).toEqual({ over: "P_Ka", under: "Fe_Ka" });
});
