import { expect, test } from "vitest";
import { placeBeside } from "./place-beside.js";

const window = { width: 1440, height: 900 };
const card = { width: 600, height: 400 };

test("a card stands above a low view, which stays in sight, and over a high one; always within the window", () => {
  expect(placeBeside({ left: 60, top: 610, right: 1110 }, card, window)).toEqual({ left: 502, top: 202 });
  expect(placeBeside({ left: 60, top: 100, right: 1110 }, card, window)).toEqual({ left: 502, top: 108 });
  expect(placeBeside({ left: 60, top: 380, right: 500 }, card, { width: 1280, height: 720 })).toEqual({ left: 8, top: 312 });
  expect(placeBeside({ left: 0, top: 0, right: 300 }, card, { width: 300, height: 300 })).toEqual({ left: 8, top: 8 });
});
