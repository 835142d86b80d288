import { expect, test } from "vitest";
import { movedBars } from "./use-range-keys.js";

const press = (key: string, shiftKey = false) => ({ key, shiftKey });

test("arrows begin at an end, go bar by bar, and stop at the ends", () => {
  expect(movedBars(undefined, press("ArrowRight"), 9)).toEqual({ anchor: 0, at: 0 });
  expect(movedBars(undefined, press("ArrowLeft"), 9)).toEqual({ anchor: 9, at: 9 });
  expect(movedBars({ anchor: 3, at: 3 }, press("ArrowRight"), 9)).toEqual({ anchor: 4, at: 4 });
  expect(movedBars({ anchor: 9, at: 9 }, press("ArrowRight"), 9)).toEqual({ anchor: 9, at: 9 });
});

test("with Shift the beginning stays; Home and End go to the ends", () => {
  expect(movedBars({ anchor: 3, at: 3 }, press("ArrowLeft", true), 9)).toEqual({ anchor: 3, at: 2 });
  expect(movedBars({ anchor: 3, at: 2 }, press("End", true), 9)).toEqual({ anchor: 3, at: 9 });
  expect(movedBars({ anchor: 3, at: 2 }, press("Home"), 9)).toEqual({ anchor: 0, at: 0 });
});

test("other keys are for others", () => {
  expect(movedBars({ anchor: 3, at: 3 }, press("a"), 9)).toBeUndefined();
  expect(movedBars(undefined, press("Enter"), 9)).toBeUndefined();
});
