import { describe, expect, test } from "vitest";
import { AbortedError, RecipeError } from "../../errors.js";
import type { Analysis } from "../analysis.js";
import { editSchema } from "./edit-schema.js";
import { latentSha256 } from "./latent-polygon.js";
import { editsOf, replay, withoutEdits } from "./replay.js";
import { drawn, labelsOfPicture, smallAnalysis } from "./small-analysis.test-support.js";

const context = { seed: 1 };
const square = (x0: number, y0: number, x1: number, y1: number) => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]]; // biome-ignore format: corners

function run(edits: readonly object[], analysis: Analysis = smallAnalysis()): Promise<Analysis> {
  return replay(
    analysis,
    edits.map((edit) => editSchema.parse({ step: "edit", ...edit })),
    context,
  );
}

const refusals = ({ edits }: Analysis) => edits!.outcomes.map(({ refusal }) => refusal?.code);
const last = ({ edits }: Analysis) => edits!.outcomes.at(-1)!;
const ids = ({ edits }: Analysis) => edits!.table.entries.map(({ id }) => id);
const entry = ({ edits }: Analysis, id: number) => edits!.table.entries.find((candidate) => candidate.id === id)!;
const row = ({ membership }: Analysis, pixel: number) =>
  [...membership!.data.subarray(pixel * membership!.classes, (pixel + 1) * membership!.classes)].map(
    (p) => Math.round(p * 1e6) / 1e6,
  );

describe("merge", () => {
  test("the largest keeps id, name and colour; the other ids vanish and stay gone", async () => {
    const before = await run([{ action: "rename", id: 0, name: "Matrix" }]);
    const merged = await run([{ action: "rename", id: 0, name: "Matrix" }, { action: "merge", ids: [2, 0] }]); // biome-ignore format: edits
    expect(drawn(merged.labels)[0]).toBe("00011100");
    expect(ids(merged)).toEqual([0, 1]);
    expect(entry(merged, 0)).toEqual({ ...entry(before, 0), madeOf: [{ action: "merge", from: [0, 2] }] });
    expect(last(merged)).toMatchObject({ refusal: undefined, movedPixels: 12, madeIds: [] });
    const after = await run([{ action: "merge", ids: [2, 0] }, { action: "split", id: 0 }]); // biome-ignore format: edits
    expect(ids(after)).toEqual([0, 1, 3]);
  });

  test("membership of the merged classes is added", async () => {
    const merged = await run([{ action: "merge", ids: [0, 2] }]);
    expect(merged.membership?.classes).toBe(2);
    expect(row(merged, 0)).toEqual([0.9, 0.1]);
    expect(row(merged, 3)).toEqual([0.2, 0.8]);
    expect(row(merged, 2 * 8 + 5)).toEqual([0, 0]);
  });

  test("an edit of a class that was merged away says where it went", async () => {
    const merged = await run([
      { action: "merge", ids: [0, 2] },
      { action: "merge", ids: [0, 1] },
      { action: "recolour", id: 2, colour: "#AABBCC" },
    ]);
    expect(last(merged).refusal).toEqual({ code: "class-gone", message: "Class 2 was merged into class 0." });
  });
});

describe("split", () => {
  test("into grains: the largest keeps the id, the others follow by size", async () => {
    const split = await run([{ action: "split", id: 0 }]);
    expect(drawn(split.labels)).toEqual(["00011122", "00011122", "00011.22", "0011..22", "00111222", "00111233"]);
    expect(ids(split)).toEqual([0, 1, 2, 3]);
    expect(last(split).madeIds).toEqual([3]);
    expect(entry(split, 3).madeOf).toEqual([{ action: "split", from: [0] }]);
    expect(new Set(split.edits!.table.entries.map(({ colour }) => colour)).size).toBe(4);
  });

  test("diagonal neighbours hang together with 8 neighbours only; small grains stay", async () => {
    const rows = ["10000000", "01000000", "00000110"];
    const four = await run([{ action: "split", id: 1, connectivity: 4 }], smallAnalysis(labelsOfPicture(rows)));
    expect(drawn(four.labels)).toEqual(["20000000", "03000000", "00000110"]);
    const eight = await run([{ action: "split", id: 1 }], smallAnalysis(labelsOfPicture(rows)));
    expect(drawn(eight.labels)).toEqual(["10000000", "01000000", "00000220"]);
    const large = await run(
      [{ action: "split", id: 1, connectivity: 4, minimumPixels: 2 }],
      smallAnalysis(labelsOfPicture(rows)),
    );
    expect(refusals(large)).toEqual(["one-piece"]);
    const few = await run([{ action: "split", id: 1, connectivity: 4, mostClasses: 2 }], smallAnalysis(labelsOfPicture(rows)));
    expect(drawn(few.labels)).toEqual(["20000000", "01000000", "00000110"]);
  });

  test("by k-means in the latent space or on features; elsewhere nothing moves", async () => {
    for (const on of ["latent", "features"]) {
      const split = await run([{ action: "split", by: "k-means", id: 0, nClusters: 2, on }]);
      expect(drawn(split.labels).at(-1)).toBe("00111233");
      expect(drawn(split.labels)[0]).toBe("00011122");
    }
  });

  test("moved pixels take the membership of their old class with them", async () => {
    const split = await run([{ action: "split", id: 0 }]);
    expect(row(split, 47)).toEqual([0, 0.1, 0.1, 0.8]);
    expect(row(split, 0)).toEqual([0.8, 0.1, 0.1, 0]);
  });
});

describe("recluster", () => {
  test.each(["gaussian-mixture", "k-means"])("%s inside one class", async (method) => {
    const found = await run([{ action: "recluster", id: 0, method, nClusters: 2, covarianceType: "spherical" }]);
    expect(drawn(found.labels).at(-1)).toBe("00111233");
    expect(entry(found, 3).madeOf).toEqual([{ action: "recluster", from: [0] }]);
  });

  test("more groups than pixels, or no latent space, is a reason and not an error", async () => {
    const few = smallAnalysis(labelsOfPicture(["10000000"]));
    expect(refusals(await run([{ action: "recluster", id: 1, nClusters: 3 }], few))).toEqual(["does-not-fit"]);
    const blind = { ...smallAnalysis(), latent: undefined };
    expect(refusals(await run([{ action: "recluster", id: 1, nClusters: 3 }], blind))).toEqual(["missing"]);
  });
});

describe("smooth", () => {
  test("specks go, holes close, and locked classes keep their pixels", async () => {
    // A block of 12 x 12 pixels with a hole, and a speck far from it, on 24 x 24.
    const labels = Int32Array.from({ length: 24 * 24 }, (_, p) => {
      const [x, y] = [p % 24, Math.floor(p / 24)];
      return (x >= 6 && x < 18 && y >= 6 && y < 18 && !(x === 12 && y === 12)) || (x === 1 && y === 22) ? 1 : 0;
    });
    const [{ image, ...rest }, grid] = [smallAnalysis(labels), [24, 24]];
    const analysis = { ...rest, image: { ...image, counts: { ...image.counts, navigationShape: grid } } };
    const smooth = await run([{ action: "smooth", id: 1, threshold: 0.5 }], analysis);
    expect([smooth.labels![12 * 24 + 12], smooth.labels![22 * 24 + 1]]).toEqual([1, -1]);
    expect(entry(smooth, 1).madeOf).toEqual([{ action: "smooth", from: [0, 1] }]);
    const locked = await run([{ action: "lock", id: 0 }, { action: "smooth", id: 1 }], analysis); // biome-ignore format: edits
    expect(locked.labels![12 * 24 + 12]).toBe(0);
    expect(last(locked).keptByLocks).toBeGreaterThan(0);
    expect(refusals(await run([{ action: "smooth", id: 1, keepFraction: 0.5, threshold: 0.5 }], analysis))).toEqual([
      "nothing-changes",
    ]);
  });
});

describe("polygon", () => {
  const map = (mode: string, ...box: [number, number, number, number]) => ({ on: "map", corners: square(...box), mode });

  test("on the map: a new class, by default from everywhere but what the mask leaves out", async () => {
    const analysis = { ...smallAnalysis(), mask: Uint8Array.from({ length: 48 }, (_, p) => (p === 5 + 2 * 8 ? 0 : 1)) };
    const found = await run(
      [{ action: "polygon", regions: [map("replace", 4, 2, 7, 4)], name: "Rim", colour: "#00ff00" }],
      analysis,
    );
    expect(drawn(found.labels).slice(1, 5)).toEqual(["00011122", "00013.32", "00113332", "00111222"]);
    expect(entry(found, 3)).toMatchObject({ name: "Rim", colour: "#00ff00", madeOf: [{ action: "polygon", from: [-1, 1, 2] }] });
  });

  test("regions replace, add, subtract and intersect", async () => {
    const picked = async (...regions: object[]) =>
      drawn((await run([{ action: "polygon", regions, target: "unassigned" }])).labels)[0];
    expect(await picked(map("replace", 0, 0, 2, 1), map("add", 6, 0, 8, 1))).toBe("..0111..");
    expect(await picked(map("add", 0, 0, 6, 1), map("subtract", 1, 0, 3, 1))).toBe(".00...22");
    expect(await picked(map("add", 0, 0, 6, 1), map("intersect", 4, 0, 8, 1))).toBe("0001..22");
    expect(await picked(map("add", 0, 0, 6, 1), map("replace", 7, 0, 8, 1))).toBe("0001112.");
    expect(await picked(map("subtract", 0, 0, 6, 1))).toBe("000111..");
    expect(await picked({ on: "class", ids: [1], mode: "add" }, map("intersect", 0, 0, 4, 6))).toBe("000.1122");
    expect(await picked(map("add", 0, 0, 5, 1), { on: "gate", expression: "Fe_Ka >= 0.5", mode: "intersect" })).toBe("0001.122");
  });

  test("within some classes, into a class that is there", async () => {
    const edit = { action: "polygon", regions: [map("replace", 0, 2, 8, 4)], within: ["unassigned", 2], target: 1 };
    expect(drawn((await run([edit])).labels).slice(1, 5)).toEqual(["00011122", "00011111", "00111111", "00111222"]);
  });

  test("in the latent space, in its own coordinates and any two dimensions", async () => {
    const corners = square(-0.5, -0.5, 0.5, 2.5);
    const found = await run([{ action: "polygon", regions: [{ on: "latent", corners }] }]);
    expect(drawn(found.labels).map((text) => text[0])).toEqual(["3", "3", "3", "0", "0", "0"]);
    const turned = await run([{ action: "polygon", regions: [{ on: "latent", corners, dimensions: [1, 0] }] }]);
    expect(drawn(turned.labels)[0]).toBe("33311122");
  });

  test("is not applied to another latent space or another map", async () => {
    const corners = square(-0.5, -0.5, 0.5, 2.5);
    const drawnOn = await latentSha256(smallAnalysis().latent!);
    const edits = [
      { action: "polygon", regions: [{ on: "latent", corners, latentSha256: drawnOn }] },
      { action: "polygon", regions: [{ on: "map", corners: square(4, 0, 5, 2), shape: [6, 8] }] },
    ];
    expect(refusals(await run(edits))).toEqual([undefined, undefined]);
    const refitted = { ...smallAnalysis(), latent: { method: "pca", dimensions: 2, data: new Float32Array(96) } };
    expect(refusals(await run(edits, refitted))[0]).toBe("other-latent");
    const binned = smallAnalysis(labelsOfPicture(["00011122", "00011122", "00011122"]));
    expect(refusals(await run(edits, binned))).toEqual(["other-latent", "other-map"]);
  });
});

describe("a class that loses its last pixel", () => {
  const whole = (id: number) => ({ action: "polygon", regions: [{ on: "class", ids: [id], mode: "replace" }] });

  test("is in no list any more, its id stays taken, and colours of others are as they would be", async () => {
    const made = await run([{ action: "rename", id: 1, name: "Rim" }, { ...whole(1), name: "Rim of all" }]); // biome-ignore format: edits
    expect(ids(made)).toEqual([0, 2, 3]);
    expect(drawn(made.labels)[0]).toBe("00033322");
    expect(made.membership?.classes).toBe(3);
    expect(made.edits?.table.emptied).toMatchObject([{ id: 1, name: "Rim" }]);
    const next = await run([whole(1), { action: "split", id: 0 }]);
    expect(ids(next)).toEqual([0, 2, 3, 4]);
    const { entries, emptied } = next.edits!.table;
    expect(new Set([...entries, ...emptied!].map(({ colour }) => colour)).size).toBe(5);
  });

  test("leaves what others had of it to the class that has its pixels", async () => {
    const made = await run([whole(1)]);
    // Pixel 0: 0.8 of class 0, 0.1 of the class that is 3 now; pixel 3 takes its 0.8 along.
    expect(row(made, 0)).toEqual([0.8, 0.1, 0.1]);
    expect(row(made, 3)).toEqual([0.1, 0.1, 0.8]);
    expect(row(await run([{ ...whole(1), target: "unassigned" }]), 0)).toEqual([0.888889, 0.111111]);
  });

  test("comes back with name and colour when pixels are given to it, without a name that is another's by now", async () => {
    const back = { ...whole(3), target: 1 };
    const before = await run([{ action: "rename", id: 1, name: "Rim" }]);
    const again = await run([{ action: "rename", id: 1, name: "Rim" }, whole(1), back]);
    expect(drawn(again.labels)).toEqual(drawn(before.labels));
    expect(entry(again, 1)).toMatchObject({ name: "Rim", colour: entry(before, 1).colour });
    expect(again.edits?.table.emptied).toMatchObject([{ id: 3 }]);
    const rename = (id: number) => ({ action: "rename", id, name: "Rim" });
    const taken = await run([rename(1), whole(1), rename(3), { ...whole(0), target: 1 }]);
    expect(refusals(taken).filter((code) => code !== undefined)).toEqual([]);
    expect([entry(taken, 1).name, entry(taken, 3).name]).toEqual([undefined, "Rim"]);
  });
});

describe("gate", () => {
  test("the area of the grain, in pixels and in square micrometres, of the classes as they are by then", async () => {
    const small = await run([{ action: "gate", expression: "grain_px < 6", target: "unassigned" }]);
    expect(drawn(small.labels)[0]).toBe("00011122");
    expect(drawn(small.labels)[5]).toBe("001112..");
    const inUm = await run([{ action: "gate", expression: "grain_um2 < 6", target: "unassigned" }]);
    expect(refusals(inUm)).toEqual(["nothing-selected"]);
    const fine = await run([{ action: "gate", expression: "grain_um2 == 8", target: "unassigned" }]);
    expect(drawn(fine.labels)).toEqual(drawn(small.labels));
    const joined = await run([{ action: "merge", ids: [0, 2] }, { action: "gate", expression: "grain_px < 6" }]); // biome-ignore format: edits
    expect(refusals(joined)).toEqual([undefined, "nothing-selected"]);
  });

  test("takes pixels by features, element maps and certainty", async () => {
    const features = await run([{ action: "gate", expression: "Fe_Ka > 0.7 and Si_Ka < 0.2", name: "Iron" }]);
    expect(drawn(features.labels).slice(0, 3)).toEqual(["00011133", "00011133", "00011.22"]);
    const maps = await run([{ action: "gate", expression: "Ca_Ka > 2", of: "maps", target: 0 }]);
    expect(drawn(maps.labels)[0]).toBe("00011100");
    const doubt = await run([{ action: "gate", expression: "membership < 0.9 or entropy > 0.9", target: "unassigned" }]);
    expect(drawn(doubt.labels).join("")).toBe(".".repeat(48));
  });

  test("a name that is not there is a reason", async () => {
    const found = await run([
      { action: "gate", expression: "Cu_Ka > 1" },
      { action: "gate", expression: "Fe_Ka > 100" },
      { action: "gate", expression: "Fe_Ka > 0", of: "maps" },
    ]);
    expect(refusals(found)).toEqual(["unknown-name", "nothing-selected", "unknown-name"]);
  });

  test("a condition that cannot be read is refused with the recipe", () => {
    expect(() => editSchema.parse({ step: "edit", action: "gate", expression: "Fe_Ka >" })).toThrow("cannot be read");
  });
});

describe("names, locks and the rest", () => {
  test("name, colour, note and hiding change no pixel", async () => {
    const found = await run([
      { action: "rename", id: 1, name: " Olivine " },
      { action: "recolour", id: 1, colour: "#ABCDEF" },
      { action: "note", id: 1, note: "Fo80" },
      { action: "hide", id: 1 },
      { action: "unassigned", include: false },
    ]);
    expect(entry(found, 1)).toMatchObject({ name: "Olivine", colour: "#abcdef", note: "Fo80", hidden: true, madeOf: [] });
    expect(found.labels).toEqual(smallAnalysis().labels);
    expect(found.membership).toEqual(smallAnalysis().membership);
    expect(found.edits?.table.countUnassigned).toBe(false);
    expect(entry(await run([{ action: "note", id: 1, note: "x" }, { action: "note", id: 1, note: "" }]), 1).note).toBeUndefined(); // biome-ignore format: edits
  });

  test("two classes cannot have one name", async () => {
    const found = await run([
      { action: "rename", id: 1, name: "A" },
      { action: "rename", id: 2, name: "A" },
      { action: "gate", expression: "Fe_Ka > 0", name: "A" },
      { action: "rename", id: 1, name: "A" },
    ]);
    expect(refusals(found)).toEqual([undefined, "name-taken", "name-taken", undefined]);
  });

  test("a locked class neither loses nor takes pixels, until it is unlocked", async () => {
    const lock = { action: "lock", id: 1 };
    const found = await run([
      lock,
      { action: "merge", ids: [0, 1] },
      { action: "delete", id: 1 },
      { action: "split", id: 1 },
      { action: "gate", expression: "Fe_Ka > 0", target: 1 },
      { action: "gate", expression: "Si_Ka < 0.1" },
      { action: "gate", expression: "Si_Ka < 0.1", within: [1] },
      { action: "rename", id: 1, name: "Kept" },
      { action: "lock", id: 1, locked: false },
      { action: "merge", ids: [0, 1] },
    ]);
    expect(refusals(found)).toEqual([
      undefined, "locked", "locked", "locked", "locked", undefined, "nothing-changes", undefined, undefined, undefined,
    ]); // biome-ignore format: codes
    expect(found.edits?.outcomes[5]).toMatchObject({ movedPixels: 5, keptByLocks: 3 });
  });

  test("a deleted class leaves its pixels unassigned and its id unused", async () => {
    const found = await run([{ action: "delete", id: 2 }, { action: "gate", expression: "Fe_Ka > 0.9" }]); // biome-ignore format: edits
    expect(drawn(found.labels)[0]).toBe("000111..");
    expect(ids(found)).toEqual([0, 1]);
    expect(refusals(await run([{ action: "delete", id: 2 }, { action: "hide", id: 2 }]))).toEqual([undefined, "class-gone"]); // biome-ignore format: edits
    const made = await run([{ action: "delete", id: 2 }, { action: "gate", expression: "Fe_Ka > 0.8" }]); // biome-ignore format: edits
    expect(ids(made)).toEqual([0, 1, 3]);
    expect(row(made, 7)).toEqual([0.1, 0.1, 0.8]);
    expect(row(made, 6)).toEqual([0, 0, 0]);
    expect(row(made, 0)).toEqual([0.888889, 0.111111, 0]);
  });

  test("an unassigned pixel that was given a class belongs to it wholly", async () => {
    const found = await run([
      { action: "polygon", regions: [{ on: "map", corners: square(0, 0, 8, 6) }], within: ["unassigned"], target: 0 },
    ]);
    expect(row(found, 2 * 8 + 5)).toEqual([1, 0, 0]);
    expect(found.labels?.includes(-1)).toBe(false);
  });

  test("the unedited analysis comes back, and edits can be read off", async () => {
    const found = await run([{ action: "merge", ids: [0, 2] }, { action: "delete", id: 9 }]); // biome-ignore format: edits
    expect(editsOf(found).map(({ action }) => action)).toEqual(["merge", "delete"]);
    const { image: _, ...unedited } = smallAnalysis();
    expect(withoutEdits(found)).toMatchObject({ ...unedited, edits: undefined });
  });

  test("without classes there is nothing to edit, and a stop is a stop", async () => {
    await expect(run([{ action: "delete", id: 0 }], { ...smallAnalysis(), labels: undefined })).rejects.toThrow(RecipeError);
    const edit = editSchema.parse({ step: "edit", action: "delete", id: 0 });
    await expect(replay(smallAnalysis(), [edit], { seed: 1, signal: AbortSignal.abort() })).rejects.toThrow(AbortedError);
  });
});
