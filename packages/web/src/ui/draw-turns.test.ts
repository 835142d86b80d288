import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { drawSoon, redrawing } from "./draw-turns.js";

let frames: (() => void)[] = [];
let now = 0;

beforeEach(() => {
  frames = [];
  now = 0;
  vi.stubGlobal("requestAnimationFrame", (call: () => void) => frames.push(call));
  vi.stubGlobal("performance", { now: () => now });
});

afterEach(() => vi.unstubAllGlobals());

function nextFrame(): void {
  const [frame, ...others] = frames;
  frames = others;
  frame?.();
}

/** A drawing that takes so many milliseconds and is noted. */
function drawing(name: string, cost: number, drawn: string[]): () => void {
  return () => {
    now += cost;
    drawn.push(name);
  };
}

test("quick drawings share a frame; after a slow one the others wait for the next", () => {
  const drawn: string[] = [];
  for (const [name, cost] of [
    ["a", 1],
    ["b", 1],
    ["slow", 30],
    ["c", 1],
    ["d", 1],
  ] as const)
    drawSoon(drawing(name, cost, drawn));
  expect(frames).toHaveLength(1);
  nextFrame();
  expect(drawn).toEqual(["a", "b", "slow"]);
  nextFrame();
  expect(drawn).toEqual(["a", "b", "slow", "c", "d"]);
  expect(frames).toHaveLength(0);
});

test("what was called off is not drawn, and the same drawing may be asked for twice", () => {
  const drawn: string[] = [];
  const draw = drawing("a", 1, drawn);
  const callOff = drawSoon(draw);
  drawSoon(draw);
  callOff();
  callOff();
  nextFrame();
  expect(drawn).toEqual(["a"]);
});

test("a drawing that fails does not keep the others from their turn", () => {
  const drawn: string[] = [];
  drawSoon(() => {
    throw new TypeError("no canvas");
  });
  drawSoon(drawing("a", 1, drawn));
  expect(nextFrame).toThrow("no canvas");
  nextFrame();
  expect(drawn).toEqual(["a"]);
});

test("what is asked for again before its turn is drawn once, and after it again", () => {
  const drawn: string[] = [];
  const { ask, stop } = redrawing(drawing("a", 1, drawn));
  ask();
  ask();
  nextFrame();
  expect(drawn).toEqual(["a"]);
  ask();
  stop();
  nextFrame();
  expect(drawn).toEqual(["a"]);
  ask();
  nextFrame();
  expect(drawn).toEqual(["a", "a"]);
});
