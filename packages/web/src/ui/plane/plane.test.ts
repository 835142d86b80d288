import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Camera, fittingScale, panned, pixelAt, placeMap, placeMapAcross, toMap, toScreen, zoomedAt } from "./camera.js";
import { modeWithKeys, OutlineGesture } from "./outline-gesture.js";

const map = { width: 200, height: 120 };
const view = { width: 500, height: 400 };
const fit: Camera = { x: 0, y: 0, scale: undefined };
const at = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 0, max: 400 }) });

describe("camera", () => {
  test("the fit shows all, in the middle", () => {
    expect(placeMap(fit, map, view)).toEqual({ scale: 2.5, left: 0, top: 50 });
    expect(fittingScale(map, { width: 100, height: 400 })).toBe(0.5);
  });

  test("zooming in keeps the place under the pointer while it is on the map", () => {
    const onMap = fc.record({ x: fc.integer({ min: 0, max: 500 }), y: fc.integer({ min: 50, max: 350 }) });
    fc.assert(
      fc.property(onMap, fc.double({ min: 1.5, max: 8, noNaN: true }), (pointer, factor) => {
        const before = toMap(placeMap(fit, map, view), pointer);
        const after = toScreen(placeMap(zoomedAt(fit, map, view, pointer, factor), map, view), before);
        const moved = Math.hypot(after.x - pointer.x, after.y - pointer.y);
        const camera = zoomedAt(fit, map, view, pointer, factor);
        const stopped = camera.x === 0 || camera.y === 0 || camera.x === map.width || camera.y === map.height;
        expect(stopped || moved < 1e-6).toBe(true);
      }),
    );
  });

  test("zooming out ends at the fit; in, at a limit", () => {
    const near = zoomedAt(fit, map, view, { x: 250, y: 200 }, 4);
    expect(near.scale).toBe(10);
    expect(zoomedAt(near, map, view, { x: 9, y: 9 }, 0.1).scale).toBeUndefined();
    expect(zoomedAt(near, map, view, { x: 250, y: 200 }, 1e6).scale).toBe(80);
  });

  test("panning moves by the pixels of the screen, and the middle stays on the map", () => {
    const near = zoomedAt(fit, map, view, { x: 250, y: 200 }, 4);
    const moved = panned(near, map, view, 30, -20);
    expect([moved.x, moved.y, moved.scale]).toEqual([97, 62, 10]);
    expect(panned(near, map, view, 1e6, 1e6)).toMatchObject({ x: 0, y: 0 });
  });

  test("a smaller view shows the same part", () => {
    const near = zoomedAt(fit, map, view, { x: 250, y: 200 }, 4);
    const small = { width: 100, height: 80 };
    const [from, to] = [
      toMap(placeMap(near, map, view), { x: 0, y: 0 }),
      toMap(placeMapAcross(near, map, small), { x: 0, y: 0 }),
    ];
    expect(to).toEqual(from);
    expect(placeMapAcross(fit, map, small).scale).toBe(0.5);
  });

  test("every place of the map has its pixel, none beside it", () => {
    fc.assert(
      fc.property(at, (pointer) => {
        const { x, y } = toMap(placeMap(fit, map, view), pointer);
        const inside = x >= 0 && y >= 0 && x < 200 && y < 120;
        expect(pixelAt(map, { x, y })).toBe(inside ? Math.floor(y) * 200 + Math.floor(x) : undefined);
      }),
    );
  });
});

describe("outlines", () => {
  const drag = (gesture: OutlineGesture, shape: "rectangle" | "lasso", places: readonly (readonly [number, number])[]) => {
    const [first, ...others] = places.map(([x, y]) => ({ x, y }));
    gesture.begin(shape, first!, first!);
    for (const place of others) gesture.move(place, place);
    return gesture.end();
  };

  test("a rectangle has the corners of its drag", () => {
    const end = drag(new OutlineGesture(), "rectangle", [[2, 3], [5, 9], [12, 10]]); // biome-ignore format: places
    expect(end).toEqual({ kind: "outline", shape: "rectangle", corners: [[2, 3], [12, 3], [12, 10], [2, 10]] }); // biome-ignore format: corners
  });

  test("a lasso keeps the way, but not steps under a pixel and a half", () => {
    const end = drag(new OutlineGesture(), "lasso", [[0, 0], [1, 0], [2, 0], [2, 6], [2, 7], [0, 7]]); // biome-ignore format: places
    expect(end).toMatchObject({ kind: "outline", corners: [[0, 0], [2, 0], [2, 6], [0, 7]] }); // biome-ignore format: corners
  });

  test("under four pixels a drag is a click: of the lasso it sets a corner, of the rectangle it picks", () => {
    const gesture = new OutlineGesture();
    expect(drag(gesture, "rectangle", [[5, 5], [6, 6]])).toEqual({ kind: "click", at: { x: 5, y: 5 } }); // biome-ignore format: places
    expect(drag(gesture, "lasso", [[5, 5], [6, 6]])).toBeUndefined(); // biome-ignore format: places
    expect(gesture.byClicks).toBe(true);
    drag(gesture, "lasso", [[9, 5]]);
    expect(gesture.close()).toBeUndefined();
    drag(gesture, "lasso", [[9, 9]]);
    drag(gesture, "lasso", [[1, 1]]);
    gesture.removeCorner();
    gesture.move({ x: 4, y: 4 }, { x: 4, y: 4 });
    expect(gesture.outline.at(-1)).toEqual([4, 4]);
    expect(gesture.close()).toEqual({ kind: "outline", shape: "lasso", corners: [[5, 5], [9, 5], [9, 9]] }); // biome-ignore format: corners
    expect(gesture.active).toBe(false);
  });

  test("held space moves the whole; Escape leaves nothing", () => {
    const gesture = new OutlineGesture();
    gesture.begin("rectangle", { x: 0, y: 0 }, { x: 0, y: 0 });
    gesture.move({ x: 10, y: 5 }, { x: 10, y: 5 });
    gesture.move({ x: 13, y: 9 }, { x: 13, y: 9 }, true);
    expect(gesture.outline).toEqual([[3, 4], [13, 4], [13, 9], [3, 9]]); // biome-ignore format: corners
    gesture.cancel();
    expect([gesture.active, gesture.outline.length]).toEqual([false, 0]);
  });

  test("held keys go before the chosen mode", () => {
    const modes = [[false, false], [true, false], [false, true], [true, true]] as const; // biome-ignore format: keys
    expect(modes.map(([shiftKey, altKey]) => modeWithKeys("replace", { shiftKey, altKey }))).toEqual([
      "replace",
      "add",
      "subtract",
      "intersect",
    ]);
    expect(modeWithKeys("add", { shiftKey: false, altKey: true })).toBe("subtract");
  });
});
