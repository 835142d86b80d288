import { parseRecipe, presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { jsonPlaces, placeOfPath } from "./json-places.js";
import { recipeText } from "./recipe-words.js";
import { readWritten } from "./written-recipe.js";

const auto = presetRecipe("auto");
const text = recipeText(auto);

/** What is told, and the text that it is told of. */
function faultOf(written: string) {
  const read = readWritten(written);
  if (!("fault" in read)) return undefined;
  const { sentence, place } = read.fault;
  return [sentence, written.slice(place.start, place.end)];
}

test("a recipe is read as the core reads it", () => {
  expect(readWritten(text)).toEqual({ recipe: auto });
  expect(readWritten(JSON.stringify(auto))).toEqual({ recipe: auto });
});

test("what is not JSON is told with its line and what could stand there", () => {
  expect(faultOf('{\n  "a": 1\n  "b": 2\n}')).toEqual(["Line 3: a comma or } is expected here.", '"']);
  expect(faultOf('{\n  "a": [1, 2\n')).toEqual(["Line 3: a comma or ] is expected here.", ""]);
  expect(faultOf("{ a: 1 }")).toEqual(["Line 1: a name in double quotes is expected here.", "a"]);
  expect(faultOf('{"a" 1}')?.[0]).toBe("Line 1: a colon is expected here.");
  expect(faultOf('{"a": 01}')?.[0]).toBe("Line 1: a value is expected here.");
  expect(faultOf('{"a": 1} x')?.[0]).toBe("Line 1: the end of the text is expected here.");
  expect(faultOf("")).toEqual(["Line 1: a value is expected here.", ""]);
});

test("places are found exactly where JSON is read, and by the nearest step for what is missing", () => {
  for (const one of ['{"a":[1,{"b c":"\\u00e9\\n"}],"d":-1.5e3,"e":null}', "[]", '"x"', " [true , false] ", text]) {
    const read = jsonPlaces(one);
    expect("places" in read, one).toBe(true);
    if (!("places" in read)) continue;
    for (const [path, { start, end }] of read.places) {
      const value = path === "" ? JSON.parse(one) : path.split(".").reduce((inner, name) => inner[name], JSON.parse(one));
      expect(JSON.parse(one.slice(start, end)), path).toEqual(value);
    }
    expect(placeOfPath(read.places, "nothing.of.this")).toEqual(read.places.get(""));
  }
});

test("what the schema refuses is told at its parameter; a parameter that is missing at its step", () => {
  const wrong = text.replace('"minDist": 0.1', '"minDist": "near"');
  expect(wrong).not.toBe(text);
  expect(faultOf(wrong)).toEqual([expect.stringMatching(/^Line \d+: steps\.5\.minDist: /), '"near"']);
  const upscale = { ...auto, steps: [...auto.steps, { step: "upscale" }] };
  expect(faultOf(JSON.stringify(upscale))?.[1]).toBe('{"step":"upscale"}');
  const turned = { ...auto, steps: [{ step: "identify" }, { step: "elements" }] };
  expect(faultOf(JSON.stringify(turned))).toEqual([expect.stringContaining("cannot come after"), '{"step":"elements"}']);
});

test("edits are not written by hand", () => {
  const edited = parseRecipe({
    ...auto,
    steps: [{ step: "find-phases" }, { step: "edit", action: "rename", id: 1, name: "Quartz" }],
  });
  expect(faultOf(JSON.stringify(edited))?.[0]).toContain("edits are made on the classes");
});
