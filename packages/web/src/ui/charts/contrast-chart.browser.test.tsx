import { flushSync } from "react-dom";
import { expect, test } from "vitest";
import { mounted } from "../mounted.test-support.js";
import { rankedValues } from "../raster/ranked-values.js";
import { UiProvider } from "../ui-provider.js";
import { ContrastChart } from "./contrast-chart.js";
import type { ValueRange } from "./range-handles.js";

const place = mounted();
const values = rankedValues(Float32Array.from({ length: 1000 }, (_, i) => Math.floor(i / 50)));

function drawn(range: ValueRange, onRange?: (range: ValueRange, end: "low" | "high") => void): SVGSVGElement {
  flushSync(() =>
    place.root.render(
      <UiProvider theme="dark">
        <ContrastChart
          name="Fe Kα"
          unit="counts"
          values={values}
          range={range}
          endWords={["percentile 1", "percentile 99.5"]}
          ramp="black"
          onRange={onRange}
        />
      </UiProvider>,
    ),
  );
  return place.box.querySelector("svg")!;
}

test("two sliders say their values with unit and percentile; keys move them by counts, never past each other", () => {
  const told: string[] = [];
  const svg = drawn([2, 5], (range, end) => void told.push(`${end} ${range.join(" ")}`));
  const [low, high] = [...svg.querySelectorAll<SVGElement>("[role=slider]")];
  expect(low!.getAttribute("aria-valuetext")).toBe("2 counts, percentile 1");
  expect(high!.getAttribute("aria-valuetext")).toBe("5 counts, percentile 99.5");
  expect([low, high].map((end) => end!.getAttribute("aria-label"))).toEqual(["Fe Kα: first colour at", "Fe Kα: last colour at"]);
  expect([...svg.querySelectorAll("text")].map(({ textContent }) => textContent)).toEqual(["2 counts", "5 counts"]);
  const press = (end: SVGElement, key: string, shiftKey = false): unknown =>
    flushSync(() => end.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey, bubbles: true })));
  press(low!, "ArrowRight");
  press(low!, "ArrowRight", true);
  press(low!, "Home");
  press(high!, "ArrowLeft");
  press(high!, "End");
  press(high!, "a");
  expect(told).toEqual(["low 3 5", "low 4 5", "low 0 5", "high 2 4", "high 2 19"]);
});

test("the nearer end goes with the pointer; without a way to move there are no sliders", () => {
  const told: string[] = [];
  const svg = drawn([2, 15], (range, end) => void told.push(`${end} ${range.join(" ")}`));
  svg.setPointerCapture = () => {};
  const { left, width, top } = svg.getBoundingClientRect();
  // Bars of counts reach from half to half.
  const at = (type: string, value: number): unknown =>
    flushSync(() =>
      svg.dispatchEvent(
        new PointerEvent(type, { clientX: left + ((value + 0.5) / 20) * width, clientY: top + 10, pointerId: 1, bubbles: true }),
      ),
    );
  at("pointerdown", 12);
  at("pointermove", 9);
  at("pointerup", 9);
  at("pointermove", 5);
  at("pointerdown", 4);
  expect(told).toEqual(["high 2 12", "high 2 9", "low 4 15"]);
  expect(drawn([0, 1]).querySelectorAll("[role=slider]")).toHaveLength(0);
});
