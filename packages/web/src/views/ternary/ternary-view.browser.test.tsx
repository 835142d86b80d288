import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { linkedValues, type Tool } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ternaryView } from "./definition.js";
import { TERNARY_PLANE } from "./ternary-plane.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };
let box: HTMLDivElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  box = document.createElement("div");
  box.style.cssText = "position: fixed; left: 0; top: 0; width: 520px; height: 460px";
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

/** Class 0 has counts of Fe alone and lies in the lower left corner; class 1 of Ca alone, in the lower right. */
async function shown(): Promise<{ readonly session: ViewSession; readonly canvas: HTMLCanvasElement }> {
  const { session: small } = smallMapSession(linkedValues());
  const labels = small.analysis!.labels!;
  const map = (line: string, of: number) => ({
    ...{ line, fromKev: 0, toKev: 1, background: "none" as const },
    data: Float32Array.from(labels, (label) => (label === of ? 9 : 0)),
  });
  const analysis = { ...small.analysis!, elementMaps: [map("Fe_Ka", 0), map("Ca_Ka", 1), map("Si_Ka", 7)] };
  const session = { ...small, analysis };
  const View = ternaryView.component;
  root.render(
    <UiProvider theme="dark">
      <View session={session} spec={{ corners: ["Fe_Ka", "Ca_Ka", "Si_Ka"], ellipses: true }} onSpec={() => undefined} />
    </UiProvider>,
  );
  const canvas = await vi.waitUntil(
    () => box.querySelector<HTMLCanvasElement>('[aria-roledescription="ternary diagram"]'),
    PATIENCE,
  );
  await vi.waitUntil(() => canvas.width > 300 && box.querySelector("svg image") !== null, PATIENCE);
  canvas.setPointerCapture = () => undefined;
  return { session, canvas };
}

/** A place of the triangle on the page: x 0 to 1 to the right, y upwards. */
function onPage(canvas: HTMLCanvasElement, x: number, y: number): { clientX: number; clientY: number } {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const { width: across, height: down, perX, perY, originX, originY } = TERNARY_PLANE;
  const scale = Math.min(width / across, height / down);
  return {
    clientX: left + (width - across * scale) / 2 + (x - originX) * perX * scale,
    clientY: top + (height - down * scale) / 2 + (originY - y) * perY * scale,
  };
}

function drag(canvas: HTMLCanvasElement, places: readonly (readonly [number, number])[]): void {
  const send = (kind: string, [x, y]: readonly [number, number]): void => {
    canvas.dispatchEvent(new PointerEvent(kind, { bubbles: true, button: 0, pointerId: 1, ...onPage(canvas, x, y) }));
  };
  send("pointerdown", places[0]!);
  for (const place of places.slice(1)) send("pointermove", place);
  send("pointerup", places.at(-1)!);
}

/** Class 0 less its pixels beside class 1, whose means of 3 x 3 lie between the corners. */
const IN_THE_CORNER = (5 + 3) * 16;

test.each<[Tool, readonly (readonly [number, number])[]]>([
  [
    "rectangle",
    [
      [-0.05, -0.04],
      [0, 0],
      [0.06, 0.05],
    ],
  ],
  [
    "lasso",
    [
      [-0.05, -0.04],
      [0.06, -0.04],
      [0.06, 0.05],
      [-0.05, 0.05],
    ],
  ],
  [
    "brush",
    [
      [-0.01, 0],
      [0, 0],
      [0.01, 0],
    ],
  ],
])("the %s of the belt selects in the ternary", async (tool, places) => {
  const { session, canvas } = await shown();
  session.linked.tool.set(tool, "test");
  drag(canvas, places);
  const { count, mask, made } = session.linked.selection.current.value;
  expect([count, mask[0], mask[10]]).toEqual([IN_THE_CORNER, 1, 0]);
  expect(made.toLowerCase()).toBe(`${tool} in the ternary`);
});

test("the picking tool takes the class of the nearest point; the hand selects nothing", async () => {
  const { session, canvas } = await shown();
  session.linked.tool.set("hand", "test");
  drag(canvas, [[0.2, 0.2], [0.5, 0.5]]); // biome-ignore format: places
  expect(session.linked.selection.current.value.count).toBe(0);
  canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "0", bubbles: true }));
  session.linked.tool.set("pick", "test");
  drag(canvas, [[1, 0]]); // biome-ignore format: places
  expect(session.linked.selection.current.value.parts).toEqual([{ on: "class", ids: [1], mode: "replace" }]);
});

test("the keyboard reaches the points: arrows go there and tell the pixel, a lasso is set by Space and closed by Enter", async () => {
  const { session, canvas } = await shown();
  const press = (key: string, times = 1, shiftKey = false): void => {
    for (let i = 0; i < times; i++) {
      canvas.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
      canvas.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true }));
    }
  };
  expect(canvas.tabIndex).toBe(0);
  // From the middle to the lower right corner, beyond which the cursor stays in the view.
  press("ArrowRight", 12, true);
  press("ArrowDown", 12, true);
  expect(session.linked.hover.current.value).toEqual({ kind: "nothing" });
  const seen = new Set<number>();
  for (let up = 0; up < 20; up++) {
    press("ArrowUp");
    for (let left = 0; left < 20; left++) {
      press("ArrowLeft");
      const hover = session.linked.hover.current.value;
      if (hover.kind === "pixel") seen.add(session.analysis!.labels![hover.pixel]!);
    }
    press("ArrowRight", 20);
  }
  expect([...seen]).toEqual([1]);
  session.linked.tool.set("lasso", "test");
  const corners = [["ArrowDown", 12], ["ArrowUp", 8], ["ArrowLeft", 8], ["ArrowDown", 12]] as const; // biome-ignore format: corners
  for (const [key, times] of corners) {
    press(key, times, true);
    press(" ");
  }
  press("Enter");
  const { mask, made } = session.linked.selection.current.value;
  expect([made, mask[0], mask[10]]).toEqual(["Lasso in the ternary", 0, 1]);
});
