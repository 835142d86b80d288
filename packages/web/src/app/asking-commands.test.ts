import { parseRecipe, type RecipeInput } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { linkedValues } from "../session/linked.js";
import { elementAnswers, lineAnswers, windowAnswers } from "./asking-commands.js";

const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "elements", lines: ["Si_Ka"] }, { step: "find-phases" }] });
const shown = () => ({ recipe, analysis: undefined, image: undefined });

test("an element is found by its symbol or name, and marked, or unmarked where it is", () => {
  const changed: RecipeInput[] = [];
  const actions = {
    changeRecipe: (change: RecipeInput | ((now: typeof recipe) => RecipeInput)) =>
      void changed.push(typeof change === "function" ? change(recipe) : change),
  };
  const answers = (typed: string) => elementAnswers({ actions }, shown, typed);
  expect(answers("p")[0]?.title).toBe("Mark P, phosphorus");
  expect(answers("iro").map(({ title }) => title)).toEqual(["Mark Fe, iron"]);
  expect(answers("Si")[0]?.title).toBe("Unmark Si, silicon");
  expect(answers("xyz")).toEqual([]);
  void answers("p")[0]?.run();
  expect(changed[0]?.steps[0]).toMatchObject({ step: "elements", lines: ["Si_Ka", "P_Ka"] });
});

test("lines near an energy are listed nearest first, and shown in the spectrum", () => {
  const linked = linkedValues();
  const openView = vi.fn();
  const [first] = lineAnswers({ linked, actions: { openView } }, "6,40");
  expect(first).toMatchObject({ title: expect.stringContaining("Fe Kα"), hint: expect.stringMatching(/eV away$/) });
  void first?.run();
  expect(openView).toHaveBeenCalledWith("spectrum");
  expect(linked.hover.current.value).toEqual({ kind: "line", line: "Fe_Ka" });
  expect(lineAnswers({ linked, actions: { openView } }, "keV")).toEqual([]);
});

test("a window is mapped from two energies, the lower one first", () => {
  const linked = linkedValues();
  expect(windowAnswers({ linked }, "6.6 to 6.2")).toEqual([]);
  expect(windowAnswers({ linked }, "6.2")).toEqual([]);
  void windowAnswers({ linked }, "6.2 to 6.6 keV")[0]?.run();
  expect(linked.energyWindow.current.value).toMatchObject({ fromKev: 6.2, toKev: 6.6 });
  expect(linked.colouring.current.value.by).toEqual({ kind: "window" });
});
