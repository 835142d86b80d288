import { createRoot } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { linkedValues } from "../../session/linked.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ClassList } from "./class-list.js";

let box: HTMLDivElement;
let root: ReturnType<typeof createRoot>;

beforeEach(() => {
  box = document.createElement("div");
  document.body.append(box);
  root = createRoot(box);
});

afterEach(() => {
  root.unmount();
  box.remove();
});

test("rows are 27 px high in a small window and 32 px where there is room", async () => {
  root.render(
    <UiProvider theme="dark">
      <ClassList session={smallMapSession(linkedValues()).session} />
    </UiProvider>,
  );
  const heights = () => [...box.querySelectorAll("[data-class]")].map((row) => row.getBoundingClientRect().height);
  for (const [width, height, row] of [
    [1280, 720, 27],
    [1600, 1000, 32],
    [1920, 720, 27],
  ] as const) {
    // biome-ignore format: sizes
    await page.viewport(width, height);
    await vi.waitFor(() => expect(heights()).toEqual([row, row]), { timeout: 30_000 });
  }
});
