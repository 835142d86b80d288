import { expect, test } from "vitest";
import { arrangements, groupForTab, withKnownViews, withMapsBeside } from "./arrangements.js";
import { type Leaf, savedLayout } from "./dock-layout.js";

const places = [
  {
    split: [
      { views: ["map"], share: 0.6 },
      { views: ["latent"], share: 0.4 },
    ],
    share: 0.75,
  },
  { split: [{ views: ["nothing"], share: 1 }], share: 0.25 },
];

test("views that are not known leave no hole", () => {
  expect(withKnownViews(places, (view) => view !== "nothing" && view !== "latent")).toEqual([
    { split: [{ views: ["map"], share: 1 }], share: 1 },
  ]);
});

test("an arrangement becomes a layout whose sizes follow its shares", () => {
  const layout = savedLayout(
    withKnownViews(places, (view) => view !== "nothing"),
    1000,
    800,
    (id) => id.toUpperCase(),
  );
  expect(Object.keys(layout.panels)).toEqual(["map", "latent"]);
  expect(layout.panels["map"]?.title).toBe("MAP");
  const [row] = layout.grid.root.data as { data: Leaf[]; size: number }[];
  expect(row?.size).toBe(800);
  expect(row?.data.map(({ size }) => size)).toEqual([600, 400]);
});

test("on a wide screen the element maps get a column of their own, once", () => {
  const [only] = withMapsBeside(arrangements.edit);
  expect(only).toMatchObject({ split: [{ split: arrangements.edit }, { views: ["elements"] }] });
  expect(withMapsBeside(arrangements.inspect)).toBe(arrangements.inspect);
});

test("a view that is opened goes where there are tabs, else where a square is largest, never over the map", () => {
  const map = { views: ["map"], width: 600, height: 600 };
  const latent = { views: ["latent"], width: 450, height: 600 };
  const spectrum = { views: ["spectrum"], width: 1060, height: 300 };
  const steps = { views: ["steps", "curves"], width: 400, height: 280 };
  expect(groupForTab([map, latent, spectrum])).toBe(latent);
  expect(groupForTab([map, spectrum, steps])).toBe(steps);
  expect(groupForTab([{ ...map, views: ["map", "elements"] }])).toBeUndefined();
});
