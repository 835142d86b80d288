import { logHistogram } from "@sigma-eds/core";
import { flushSync } from "react-dom";
import { expect, test, vi } from "vitest";
import { mounted } from "../mounted.test-support.js";
import { modeWithKeys } from "../plane/outline-gesture.js";
import { UiProvider } from "../ui-provider.js";
import { HistogramChart } from "./histogram-chart.js";

const place = mounted();

test("a drag over a logarithmic axis takes the values under it; axes have numbers and titles", async () => {
  const ranges: (readonly [number, number])[] = [];
  place.root.render(
    <UiProvider theme="dark">
      <HistogramChart
        histogram={logHistogram([1, 3, 30, 300, 10_000], 8)}
        name="Area"
        height={160}
        scale="log"
        titles={{ x: "Area, µm²", y: "Grains" }}
        onRange={(from, to) => ranges.push([from, to])}
      />
    </UiProvider>,
  );
  await vi.waitFor(() => expect(place.box.querySelector("svg")).not.toBeNull(), { timeout: 30_000 });
  const svg = place.box.querySelector("svg")!;
  const texts = [...svg.querySelectorAll("text")];
  const words = texts.map(({ textContent }) => textContent);
  expect(words).toEqual(expect.arrayContaining(["1", "10", "100", "1,000", "10,000", "Grains, square-root axis", "Area, µm²"]));
  const axis = svg.querySelector("line")!.getBoundingClientRect();
  const press = (type: string, share: number): void => {
    const clientX = axis.left + share * axis.width;
    svg.dispatchEvent(new PointerEvent(type, { clientX, clientY: axis.top - 20, pointerId: 1, bubbles: true, isPrimary: true }));
  };
  svg.setPointerCapture = () => undefined;
  press("pointerdown", 0.25);
  await vi.waitFor(() => expect(svg.querySelector("[opacity]")).not.toBeNull());
  press("pointerup", 0.75);
  await vi.waitFor(() => expect(ranges).toHaveLength(1));
  expect(ranges[0]![0]).toBeCloseTo(10, 0);
  expect(ranges[0]![1] / 1000).toBeCloseTo(1, 1);
});

test("a range is dragged over or chosen by keys, and held keys say what becomes of the selection before", () => {
  const chosen: string[] = [];
  const edges = Float64Array.of(0, 1, 2, 3, 4);
  const histogram = { edges, counts: Float64Array.of(4, 9, 1, 16), outside: 0 };
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <HistogramChart
          histogram={histogram}
          name="Values"
          onRange={(from, to, keys) => chosen.push(`${from.toFixed(1)} ${to.toFixed(1)} ${modeWithKeys("replace", keys)}`)}
        />
      </UiProvider>,
    ),
  );
  const chart = place.box.querySelector("svg")!;
  chart.setPointerCapture = () => {};
  const { left, width, top } = chart.getBoundingClientRect();
  const point = (type: string, share: number, keys: PointerEventInit = {}): void => {
    flushSync(() =>
      chart.dispatchEvent(
        new PointerEvent(type, { bubbles: true, pointerId: 1, clientX: left + share * width, clientY: top + 20, ...keys }),
      ),
    );
  };
  const drag = (from: number, to: number, keys?: PointerEventInit): void => {
    point("pointerdown", from, keys);
    point("pointermove", to, keys);
    point("pointerup", to, keys);
  };
  drag(0.25, 0.5);
  drag(0.75, 0.5, { shiftKey: true });
  drag(0.25, 0.75, { altKey: true });
  drag(0.25, 0.75, { altKey: true, shiftKey: true });
  expect(chosen).toEqual(["1.0 2.0 replace", "2.0 3.0 add", "1.0 3.0 subtract", "1.0 3.0 intersect"]);
  const press = (key: string, keys: KeyboardEventInit = {}): void =>
    flushSync(() => void chart.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...keys })));
  press("ArrowRight");
  press("Enter");
  press("Enter", { shiftKey: true });
  expect(chosen.slice(4)).toEqual(["0.0 1.0 replace", "0.0 1.0 add"]);
  expect(getComputedStyle(chart.querySelector("text")!).userSelect).toBe("none");
});
