import { parseRecipe, presetRecipe, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { AutomaticChoice } from "../../session/automatic-choices.js";
import { parameterOf } from "../../session/recipe-change.js";
import { UiProvider } from "../ui-provider.js";
import { ChoiceList } from "./choice-list.js";

const auto = presetRecipe("auto");
const choices: readonly AutomaticChoice[] = [
  { sentence: "A pixel holds 216 counts.", handle: { step: "bin", parameter: "factor" }, isUsual: false },
  { sentence: "Eight phases.", handle: { step: "find-phases", parameter: "detail", why: "curves" }, isUsual: false },
  { sentence: "Four pixels.", handle: { step: "find-phases", parameter: "smallestGrain" }, isUsual: true },
  { sentence: "The file says so.", handle: undefined, isUsual: false },
];

let place: HTMLElement;
let root: Root;
let now: Recipe;
let asked: string[];

function Shown() {
  const [recipe, setRecipe] = useState(auto);
  now = recipe;
  return (
    <UiProvider theme="dark">
      <ChoiceList
        choices={choices}
        recipe={recipe}
        shown={auto}
        automatic={auto}
        onRecipe={(next: RecipeInput) => setRecipe(parseRecipe(next))}
        onWhy={(view) => asked.push(view)}
      />
    </UiProvider>
  );
}

beforeEach(() => {
  asked = [];
  place = document.createElement("div");
  document.body.append(place);
  root = createRoot(place);
  flushSync(() => root.render(<Shown />));
});

afterEach(() => {
  root.unmount();
  place.remove();
});

function press(words: string): void {
  const button = [...place.querySelectorAll("button")].find(({ textContent }) => textContent?.startsWith(words) === true);
  expect(button, words).toBeDefined();
  flushSync(() => button?.click());
}

function write(text: string): void {
  const input = place.querySelector("input")!;
  input.value = text;
  flushSync(() => input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true })));
}

test("a sentence opens the control that it follows from; what is changed says so, and goes back to automatic", () => {
  press("Eight phases.");
  write("0.03");
  expect(parameterOf(now, "find-phases", "detail")).toBe(0.03);
  expect(place.textContent).toContain("Eight phases.changed");
  press("Why?");
  expect(asked).toEqual(["curves"]);
  press("Back to automatic");
  expect(now).toEqual(auto);
  expect(place.textContent).toContain("Eight phases.auto");
});

test("a step that the recipe lacks is put in its place", () => {
  press("A pixel holds");
  write("2");
  expect(now.steps[0]).toMatchObject({ step: "bin", factor: 2 });
});

test("usual settings stand behind one line that counts those that are somebody's own", () => {
  expect(place.textContent).not.toContain("Four pixels.");
  press("1 usual setting, all automatic");
  press("Four pixels.");
  write("12");
  expect(parameterOf(now, "find-phases", "smallestGrain")).toBe(12);
  expect(place.textContent).toContain("1 usual setting, 1 of them yours");
});
