import type { Grain } from "@sigma-eds/core";
import { expect, test, vi } from "vitest";
import { mounted } from "../../ui/mounted.test-support.js";
import { PAGE_ROWS } from "../../ui/table/table-pages.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { GrainList } from "./grain-list.js";
import { defaultParticleSpec } from "./particle-rows.js";

const grains = Array.from(
  { length: 2 * PAGE_ROWS + 5 },
  (_, id) => ({ id, classId: 0, area: 1, equivalentDiameter: 1, majorAxis: 2, minorAxis: 1, pixels: 4 }) as unknown as Grain,
);
const place = mounted();

function show(shown: readonly Grain[], chosen: number[] = []): void {
  place.root.render(
    <UiProvider theme="dark">
      <GrainList
        grains={shown}
        unit="µm"
        spec={defaultParticleSpec}
        classOf={() => undefined}
        onSpec={() => undefined}
        onGo={({ id }) => chosen.push(id)}
      />
    </UiProvider>,
  );
}

const heads = (): HTMLButtonElement[] => [...place.box.querySelectorAll<HTMLButtonElement>("tbody th button")];

async function firstIs(name: string): Promise<void> {
  await vi.waitFor(() => expect(heads()[0]?.textContent).toBe(name), { timeout: 30_000 });
}

test("every grain is reached, page by page; another order begins at the first page", async () => {
  const chosen: number[] = [];
  show(grains, chosen);
  await firstIs("1");
  const next = (): void => place.box.querySelector<HTMLButtonElement>('[aria-label="Next rows"]')!.click();
  next();
  await firstIs(String(PAGE_ROWS + 1));
  next();
  await firstIs(String(2 * PAGE_ROWS + 1));
  expect(heads()).toHaveLength(5);
  heads().at(-1)!.click();
  expect(chosen).toEqual([grains.length - 1]);
  show(grains.toReversed());
  await firstIs(String(grains.length));
});
