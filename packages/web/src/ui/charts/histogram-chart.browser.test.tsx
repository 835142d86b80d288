import { logHistogram } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { mounted } from "../mounted.test-support.js";
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
