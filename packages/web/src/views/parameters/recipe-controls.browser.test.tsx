import { parseRecipe, presetRecipe, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { beforeEach, expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import type { HistoryEntry, Problem, ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { stepOffers } from "../../ui/parameters/step-offers.js";
import { UiProvider } from "../../ui/ui-provider.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ParametersPanel } from "./parameters-panel.js";

const place = mounted();
let now: Recipe;
let wentTo: number[];

/** The panel over a session whose recipe changes as in the app. */
function Shown({ problem }: { readonly problem?: Problem | undefined }) {
  const [{ session }] = useState(() => smallMapSession(linkedValues()));
  const [recipe, setRecipe] = useState(() => presetRecipe("auto"));
  const [history, setHistory] = useState<readonly HistoryEntry[]>([]);
  now = recipe;
  const shown: ViewSession = {
    ...session,
    ...{ recipe, history, problem, stale: ["elements"], allControls: true, now: () => shown },
    actions: {
      ...session.actions,
      say: () => {},
      openView: () => {},
      goTo: async (id) => void wentTo.push(id),
      changeRecipe: (next: RecipeInput | ((recipe: Recipe) => RecipeInput), sentence = "set") => {
        setRecipe(parseRecipe(typeof next === "function" ? next(recipe) : next));
        const entry = { id: history.length + 1, kind: "recipe", sentence, applied: true, refusal: undefined } as const;
        setHistory([...history, entry]);
      },
    },
  };
  return (
    <UiProvider theme="dark">
      <ParametersPanel session={shown} />
    </UiProvider>
  );
}

beforeEach(() => {
  wentTo = [];
  flushSync(() => place.root.render(<Shown />));
});

function press(label: string): void {
  const button = [...document.querySelectorAll("button")].find(
    (one) => one.ariaLabel === label || (one.ariaLabel === null && one.textContent?.trim() === label),
  );
  expect(button, label).toBeDefined();
  flushSync(() => button?.click());
}

/** Opens a menu and gives its entries. */
async function entries(opener: string): Promise<HTMLElement[]> {
  press(opener);
  const items = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[role=menu] [role^=menuitem]")];
  await expect.poll(() => items().length).toBeGreaterThan(0);
  return items();
}

const titles = (): (string | null)[] => [...place.box.querySelectorAll("summary")].map(({ textContent }) => textContent);

test("the menu has every step with its sentence; what is chosen becomes a section in its place, open, and goes again by its button", async () => {
  const before = titles();
  const items = await entries("Add step");
  expect(items).toHaveLength(stepOffers().length);
  for (const { title, summary } of stepOffers())
    expect(items.map(({ textContent }) => textContent)).toContain(`${title}${summary}`);
  flushSync(() => items.find(({ textContent }) => textContent?.startsWith("Unmix"))?.click());
  await expect.poll(titles).toEqual([...before.slice(0, -1), "Unmix", "Identify"]);
  const section = [...place.box.querySelectorAll("details")].find(({ textContent }) => textContent?.startsWith("Unmix"));
  await expect.poll(() => section?.open).toBe(true);
  press("Remove Unmix");
  expect(titles()).toEqual(before);
  expect(now).toEqual(presetRecipe("auto"));
});

test("a recipe is chosen by its sentence; what it means is said, with the way back", async () => {
  const items = await entries("Recipe: Automatic");
  flushSync(() => items.find(({ textContent }) => textContent?.startsWith("UMAP and HDBSCAN"))?.click());
  expect(now).toEqual(presetRecipe("sigma-umap-hdbscan"));
  expect(place.box.textContent).toContain("Recipe: UMAP and HDBSCAN. Run anew: Elements.");
  press("Take it back");
  expect(wentTo).toEqual([-1]);
});

test("a step that cannot be without a value asks for it; the last step of a recipe stays, and says why", async () => {
  const items = await entries("Add step");
  flushSync(() => items.find(({ textContent }) => textContent?.startsWith("Masks on a picture"))?.click());
  const add = () => [...place.box.querySelectorAll("button")].find(({ textContent }) => textContent === "Add");
  expect(add()?.ariaDisabled).toBe("true");
  press("Cancel");
  expect(add()).toBeUndefined();
  for (const { step } of now.steps.slice(1)) {
    const title = stepOffers().find((offer) => offer.step === step)?.title;
    press(`Remove ${title}`);
  }
  press("Remove Elements");
  expect(now.steps).toHaveLength(1);
  expect(place.box.querySelector("[role=alert]")?.textContent).not.toBe("");
});

test("why a run ended in a step stands in its section", () => {
  const problem: Problem = {
    ...{ kind: "run", title: "step normalise: The step needs features.", where: "step normalise", remedy: undefined },
    ...{ details: "", offers: [] },
  };
  flushSync(() => place.root.render(<Shown problem={problem} />));
  const section = [...place.box.querySelectorAll("details")].find(({ textContent }) => textContent?.startsWith("Normalise"));
  expect(section?.open).toBe(true);
  expect(section?.querySelector("[role=alert]")?.textContent).toBe("The step needs features.");
});
