import { parseRecipe } from "@sigma-eds/core";
import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { mapPolygon } from "../../session/selection/map-polygon.js";
import type { ViewSession } from "../../session/view-session.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { mapView } from "./definition.js";
import { smallMapSession } from "./small-map-session.test-support.js";

/** What is waited for may take long on a busy machine. */
const PATIENCE = { timeout: 30_000 };
let box: HTMLDivElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  box = document.createElement("div");
  box.style.cssText = "position: fixed; left: 0; top: 0; width: 480px; height: 354px";
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

async function shown(session: ViewSession): Promise<HTMLCanvasElement> {
  const View = mapView.component;
  root.render(
    <UiProvider theme="dark">
      <View session={session} spec={mapView.parseSpec(undefined)} onSpec={() => undefined} />
    </UiProvider>,
  );
  const canvas = await vi.waitUntil(() => box.querySelector<HTMLCanvasElement>('[aria-roledescription="map"]'), PATIENCE);
  // The size of the view is known in the frame after it is there.
  await vi.waitUntil(() => canvas.width > 300 && canvas.height > 150, PATIENCE);
  await new Promise((resolve) => setTimeout(resolve, 60));
  return canvas;
}

/** A place of the map (24 x 16 pixels, fitted) on the page. */
function onPage(canvas: HTMLCanvasElement, x: number, y: number): { clientX: number; clientY: number } {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const scale = Math.min(width / 24, height / 16);
  return { clientX: left + (width - 24 * scale) / 2 + x * scale, clientY: top + (height - 16 * scale) / 2 + y * scale };
}

function pointer(
  canvas: HTMLCanvasElement,
  kind: string,
  at: { clientX: number; clientY: number },
  keys: { shiftKey?: boolean; altKey?: boolean } = {},
): void {
  canvas.dispatchEvent(new PointerEvent(kind, { bubbles: true, button: 0, pointerId: 1, ...at, ...keys }));
}

function drag(
  canvas: HTMLCanvasElement,
  places: readonly (readonly [number, number])[],
  keys?: { shiftKey?: boolean; altKey?: boolean },
): void {
  canvas.setPointerCapture = () => undefined;
  const [first, ...others] = places.map(([x, y]) => onPage(canvas, x, y));
  pointer(canvas, "pointerdown", first!, keys);
  for (const at of others) pointer(canvas, "pointermove", at, keys);
  pointer(canvas, "pointerup", others.at(-1)!, keys);
}

/** How many pixels of a canvas are painted. */
function inkOf(canvas: HTMLCanvasElement): number {
  const pixels = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
  return pixels.filter((value, i) => i % 4 === 3 && value > 0).length;
}

test("a dragged rectangle selects the pixels that its recipe holds; Alt cuts out, Escape clears", async () => {
  const { session } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  session.linked.tool.set("rectangle", "test");
  drag(canvas, [[2, 3], [9, 8], [14, 11]]); // biome-ignore format: places
  const first = session.linked.selection.current.value;
  expect(first.parts).toHaveLength(1);
  const [part] = first.parts;
  expect(part?.on === "map" && mapPolygon(session.analysis!.grid, part.corners)).toEqual(first.mask);
  expect(first.count).toBe(12 * 8);
  drag(canvas, [[2, 3], [4, 5], [8, 7]], { altKey: true }); // biome-ignore format: places
  expect(session.linked.selection.current.value.count).toBe(12 * 8 - 6 * 4);
  canvas.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  expect(session.linked.selection.current.value.count).toBe(0);
});

test("hovering tells the pixel, leaving tells nothing", async () => {
  const { session } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  pointer(canvas, "pointermove", onPage(canvas, 5.5, 2.5));
  expect(session.linked.hover.current.value).toEqual({ kind: "pixel", pixel: 2 * 24 + 5 });
  pointer(canvas, "pointerleave", onPage(canvas, 5.5, 2.5));
  expect(session.linked.hover.current.value).toEqual({ kind: "nothing" });
});

test("while an outline is dragged nothing but its own canvas is painted, and nothing is hovered", async () => {
  const { session } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  const [below, above, draft] = [...box.querySelectorAll("canvas")] as [HTMLCanvasElement, HTMLCanvasElement, HTMLCanvasElement];
  canvas.setPointerCapture = () => undefined;
  session.linked.tool.set("lasso", "test");
  pointer(canvas, "pointermove", onPage(canvas, 5.5, 2.5));
  pointer(canvas, "pointerdown", onPage(canvas, 2, 3));
  pointer(canvas, "pointermove", onPage(canvas, 14, 3));
  // It is painted after the others, so that what the first move left to them is done.
  await vi.waitUntil(() => inkOf(draft) > 0, PATIENCE);
  const before = inkOf(draft);
  const kept = [below, above].map((one) => vi.spyOn(one.getContext("2d")!, "clearRect"));
  pointer(canvas, "pointermove", onPage(canvas, 14, 11));
  await vi.waitUntil(() => inkOf(draft) > before, PATIENCE);
  expect(session.linked.hover.current.value).toEqual({ kind: "nothing" });
  for (const clear of kept) expect(clear).not.toHaveBeenCalled();
  pointer(canvas, "pointerup", onPage(canvas, 14, 11));
  await vi.waitUntil(() => inkOf(draft) === 0, PATIENCE);
  expect(session.linked.selection.current.value.count).toBeGreaterThan(0);
});

test("the first click picks the grain, the second its class", async () => {
  const { session } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  const click = (): void => {
    canvas.setPointerCapture = () => undefined;
    pointer(canvas, "pointerdown", onPage(canvas, 1.5, 1.5));
    pointer(canvas, "pointerup", onPage(canvas, 1.5, 1.5));
  };
  click();
  const grain = session.linked.selection.current.value;
  click();
  const whole = session.linked.selection.current.value;
  const inClass = session.analysis!.labels!.filter((label) => label === 0).length;
  expect([grain.count, whole.count]).toEqual([6 * 16, inClass]);
  expect(whole.parts).toEqual([{ on: "class", ids: [0], mode: "replace" }]);
});

test("the keyboard draws a rectangle: arrows, Space, Enter", async () => {
  const { session } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  session.linked.tool.set("rectangle", "test");
  session.linked.hover.set({ kind: "pixel", pixel: 3 * 24 + 4 }, "test");
  const press = (key: string, shiftKey = false): void => {
    canvas.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true }));
    canvas.dispatchEvent(new KeyboardEvent("keyup", { key, bubbles: true }));
  };
  press(" ");
  press("ArrowRight", true);
  press("ArrowDown");
  press("Enter");
  expect(session.linked.selection.current.value.count).toBe(11 * 2);
});

test("what the next run keeps is framed, and told to those who do not see it", async () => {
  const { session } = smallMapSession(linkedValues());
  const brightness = (canvas: HTMLCanvasElement, x: number, y: number): number => {
    const { clientX, clientY } = onPage(canvas, x, y);
    const { left, top } = canvas.getBoundingClientRect();
    const ratio = canvas.width / canvas.getBoundingClientRect().width;
    const { data } = canvas.getContext("2d")!.getImageData((clientX - left) * ratio, (clientY - top) * ratio, 1, 1);
    return data[0]! + data[1]! + data[2]!;
  };
  const below = (): HTMLCanvasElement => box.querySelector("canvas")!;
  await shown(session);
  const before = [brightness(below(), 12.5, 3.5), brightness(below(), 12.5, 13.5)];
  const recipe = parseRecipe({ schemaVersion: 1, steps: [{ step: "crop", x: [8, 20], y: [1, 9] }, { step: "elements" }] });
  const { grid, countMap } = session.analysis!;
  const image = { grid, countMap, images: [] } as unknown as ViewSession["image"];
  const canvas = await shown({ ...session, image, recipe });
  await vi.waitUntil(() => brightness(below(), 12.5, 13.5) < 0.6 * before[1]!, PATIENCE);
  expect(brightness(below(), 12.5, 3.5)).toBe(before[0]);
  expect(canvas.getAttribute("aria-label")).toContain("the next run keeps x 8 to 19, y 1 to 8");
});

test("a lasso around nothing in sight says so and keeps the selection", async () => {
  const { session, said } = smallMapSession(linkedValues());
  const canvas = await shown(session);
  session.linked.tool.set("rectangle", "test");
  session.linked.visibleClasses.set({ ...session.linked.visibleClasses.current.value, hidden: new Set([0]) }, "test");
  drag(canvas, [[0, 0], [2, 2], [4, 4]]); // biome-ignore format: places
  await vi.waitFor(() => expect(said).toEqual(["No pixels inside. The selection is unchanged."]), PATIENCE);
});
