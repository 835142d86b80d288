import { parseRecipe, presetRecipe, type Recipe, type RecipeInput } from "@sigma-eds/core";
import { useState } from "react";
import { flushSync } from "react-dom";
import { beforeEach, expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { beforeBin, withMethod, withParameterOf } from "../../session/recipe-change.js";
import type { HistoryEntry, Problem, ViewSession } from "../../session/view-session.js";
import { mounted } from "../../ui/mounted.test-support.js";
import { stepOffers } from "../../ui/parameters/step-offers.js";
import { UiProvider } from "../../ui/ui-provider.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { ParametersPanel } from "./parameters-panel.js";

const place = mounted();
let now: Recipe;
let wentTo: number[];
/** Changes the recipe from outside the panel. */
let change: (by: (recipe: Recipe) => RecipeInput) => void;

/** The panel over a session whose recipe changes as in the app. */
function Shown({
  problem,
  allControls = true,
  image,
}: {
  readonly problem?: Problem | undefined;
  readonly allControls?: boolean;
  readonly image?: LoadedImage;
}) {
  const [{ session }] = useState(() => smallMapSession(linkedValues()));
  const [recipe, setRecipe] = useState(() => presetRecipe("auto"));
  const [history, setHistory] = useState<readonly HistoryEntry[]>([]);
  now = recipe;
  change = (by) => setRecipe(parseRecipe(by(recipe)));
  const shown: ViewSession = {
    ...session,
    ...{ recipe, history, problem, stale: ["elements"], allControls, image, now: () => shown },
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
    ...{ kind: "run", title: "The step needs features.", where: "step normalise", remedy: "Add them." },
    ...{ details: "", offers: [] },
  };
  flushSync(() => place.root.render(<Shown problem={problem} />));
  const section = [...place.box.querySelectorAll("details")].find(({ textContent }) => textContent?.startsWith("Normalise"));
  expect(section?.open).toBe(true);
  expect(section?.querySelector("[role=alert]")?.textContent).toBe("The step needs features. Add them.");
});

/** The field of a parameter. */
const field = (name: string): HTMLElement | null => place.box.querySelector(`[data-parameter="${name}"]`);

test("what a preset chose is not marked as changed, and is told as the default of this recipe", () => {
  const fit = field("fitPixels");
  expect(fit?.dataset["changed"]).toBe("false");
  expect(fit?.textContent).toContain("Default automatic, in this recipe 100,000");
  expect(fit?.textContent).not.toContain("Back to");
});

test("every parameter has its default; choices are words", () => {
  for (const one of place.box.querySelectorAll<HTMLElement>("[data-parameter]:not([data-parameter=method])"))
    expect(one.textContent, one.dataset["parameter"]).toContain("Default ");
  const words = [...field("metric")!.querySelectorAll("option")].map(({ textContent }) => textContent);
  expect(words).toEqual(["Euclidean", "Manhattan", "Cosine"]);
  expect(field("metric")?.textContent).toContain("Euclidean: straight; Manhattan: sum");
});

test("among the basic controls stands whatever somebody changed, methods too, with the way back", () => {
  flushSync(() => place.root.render(<Shown allControls={false} />));
  expect(field("nNeighbors")).toBeNull();
  expect(field("method")).toBeNull();
  flushSync(() => change((recipe) => withParameterOf(recipe, "embed", "nNeighbors", 30)));
  expect(field("nNeighbors")?.dataset["changed"]).toBe("true");
  press("Back to 15");
  expect(field("nNeighbors")).toBeNull();
  const embed = now.steps.findIndex(({ step }) => step === "embed");
  flushSync(() => change((recipe) => withMethod(recipe, embed, "pca")));
  expect(field("method")?.dataset["changed"]).toBe("true");
  press("Back to UMAP");
  expect(now.steps[embed]).toMatchObject({ step: "embed", method: "umap" });
});

test("joined pixels are seen before they are applied, and no longer when the result has them", async () => {
  const picture = (): HTMLCanvasElement | null => place.box.querySelector("canvas");
  flushSync(() => place.root.render(<Shown allControls={false} image={image()} />));
  expect(picture()).toBeNull();
  flushSync(() => change((recipe) => withParameterOf(recipe, "bin", "factor", 3, beforeBin)));
  expect([picture()?.width, picture()?.height]).toEqual([8, 5]);
  await expect.poll(() => place.box.textContent, { timeout: 30_000 }).toContain("the map has 8 × 5, 1 row at the edge left out.");
  flushSync(() => change((recipe) => withParameterOf(recipe, "bin", "factor", 1)));
  expect(picture()).toBeNull();
});

/** Of the small map, before anything is run. */
function image(): LoadedImage {
  const { grid, energyAxis, countMap } = smallMapSession(linkedValues()).session.analysis!;
  const spectrum = new Float64Array(energyAxis.size).fill(1);
  return {
    ...{ grid, energyAxis, countMap, name: "small", title: "Small", dataset: 0, images: [], findings: [], sha256: "" },
    ...{ metadata: { detector: {}, elements: [] }, totalCounts: 1, statedCounts: undefined },
    ...{ sumSpectrum: spectrum, maximumSpectrum: spectrum },
  };
}

test("among all controls those that are named are left, open; all are there again by the button", async () => {
  const before = titles();
  const field = place.box.querySelector<HTMLInputElement>('input[aria-label="Find a control"]');
  const type = (text: string): void => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
    flushSync(() => field?.dispatchEvent(new Event("input", { bubbles: true })));
  };
  type("neighbours");
  expect(titles().length).toBeLessThan(before.length);
  expect(place.box.querySelector("[data-parameter='nNeighbors']")?.closest("details")?.open).toBe(true);
  expect(place.box.querySelector("[data-parameter='seed']")).toBeNull();
  type("no such control");
  expect(titles()).toEqual([]);
  expect(place.box.textContent).toContain("No control of this recipe is called that.");
  press("Show all controls again");
  expect(titles()).toEqual(before);
});
