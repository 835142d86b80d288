import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Analysis } from "../analysis.js";
import { type Edit, editSchema } from "./edit-schema.js";
import { editsOf, replay } from "./replay.js";
import { height, smallAnalysis, width } from "./small-analysis.test-support.js";

const context = { seed: 3 };
const id = fc.integer({ min: 0, max: 6 });
const corner = fc.tuple(fc.double({ min: -1, max: 9, noNaN: true }), fc.double({ min: -1, max: 7, noNaN: true }));
const corners = fc.array(corner, { minLength: 3, maxLength: 5 });
const target = fc.oneof(fc.constant("new"), fc.constant("unassigned"), id);
const mode = fc.constantFrom("replace", "add", "subtract", "intersect");

const edits: fc.Arbitrary<Edit[]> = fc.array(
  fc
    .oneof(
      fc.record({ action: fc.constant("merge"), ids: fc.array(id, { minLength: 2, maxLength: 3 }) }),
      fc.record({ action: fc.constant("split"), id, connectivity: fc.constantFrom(4, 8) }),
      fc.record({ action: fc.constant("recluster"), id, method: fc.constant("k-means"), nInit: fc.constant(1) }),
      fc.record({
        action: fc.constant("polygon"),
        regions: fc.array(fc.record({ on: fc.constantFrom("map", "latent"), corners, mode }), { minLength: 1, maxLength: 2 }),
        target,
      }),
      fc.record({
        action: fc.constant("gate"),
        expression: fc.constantFrom("Fe_Ka > 0.5", "Si_Ka < 0.3", "membership > 0.85"),
        within: fc.array(fc.oneof(id, fc.constant("unassigned")), { maxLength: 2 }),
        target,
      }),
      fc.record({ action: fc.constant("smooth"), id, keepFraction: fc.constantFrom(0.13, 0.4) }),
      fc.record({ action: fc.constant("rename"), id, name: fc.constantFrom("A", "B") }),
      fc.record({ action: fc.constant("lock"), id, locked: fc.boolean() }),
      fc.record({ action: fc.constant("delete"), id }),
    )
    .map((edit) => editSchema.parse({ step: "edit", ...edit })),
  { maxLength: 8 },
);

const plain = ({ labels, membership, edits: done }: Analysis) => ({ labels, membership, edits: done });
const locked = ({ edits: done }: Analysis) => done?.table.entries.filter((entry) => entry.locked).map((entry) => entry.id) ?? [];
const pixelsOf = ({ labels }: Analysis, wanted: number) => [...labels!].flatMap((label, p) => (label === wanted ? p : []));

describe("any edits in any order", () => {
  test("labels stay within the table, rows of membership sum to 1 or are 0, and no id is used twice", async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (list) => {
        const { labels, membership, edits: done } = await replay(smallAnalysis(), list, context);
        if (done === undefined) return;
        const ids = done.table.entries.map((entry) => entry.id);
        expect(labels).toHaveLength(width * height);
        for (const label of labels!) expect(label === -1 || ids.includes(label)).toBe(true);
        expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        expect(ids).toEqual([...new Set(labels)].filter((label) => label >= 0).sort((a, b) => a - b));
        expect(Math.max(-1, ...ids)).toBeLessThan(done.table.nextId);
        const made = done.outcomes.flatMap(({ madeIds }) => madeIds);
        expect(made).toEqual(Array.from(made, (_, i) => 3 + i));
        expect(membership!.classes).toBe(ids.length);
        labels!.forEach((label, p) => {
          const row = membership!.data.subarray(p * ids.length, (p + 1) * ids.length);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(label < 0 ? 0 : 1, 5);
        });
        expect(new Set(done.table.entries.flatMap(({ name }) => name ?? [])).size).toBe(
          done.table.entries.filter(({ name }) => name !== undefined).length,
        );
      }),
      { numRuns: 60 },
    );
  });

  test("undo is the replay of a prefix, redo the replay of all, and replaying again changes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(edits, fc.nat(8), async (list, cut) => {
        const whole = await replay(smallAnalysis(), list, context);
        const prefix = list.slice(0, cut);
        const undone = await replay(whole, editsOf(whole).slice(0, cut), context);
        expect(plain(undone)).toEqual(plain(await replay(smallAnalysis(), prefix, context)));
        expect(plain(await replay(undone, list, context))).toEqual(plain(whole));
      }),
      { numRuns: 30 },
    );
  });

  test("an edit that was not applied changes nothing, and locked classes keep their pixels", async () => {
    await fc.assert(
      fc.asyncProperty(edits, async (list) => {
        let before = await replay(smallAnalysis(), [], context);
        for (let i = 1; i <= list.length; i++) {
          const after = await replay(smallAnalysis(), list.slice(0, i), context);
          const outcome = after.edits!.outcomes.at(-1)!;
          for (const kept of locked(before)) expect(pixelsOf(after, kept)).toEqual(pixelsOf(before, kept));
          if (outcome.refusal !== undefined) expect(after.labels).toEqual(before.labels);
          const moved = [...after.labels!].filter((label, p) => label !== before.labels![p]).length;
          expect(outcome.movedPixels).toBe(moved);
          before = after;
        }
      }),
      { numRuns: 30 },
    );
  });
});

test("classes that touch are one grain once they are merged", async () => {
  const list = [
    { action: "merge", ids: [0, 1, 2] },
    { action: "split", id: 0 },
  ];
  const found = await replay(
    smallAnalysis(),
    list.map((edit) => editSchema.parse({ step: "edit", ...edit })),
    context,
  );
  expect(found.edits!.outcomes.map(({ refusal }) => refusal?.code)).toEqual([undefined, "one-piece"]);
});

test("edits that fitted one analysis are told apart from those that do not fit the next", async () => {
  const list = [
    { action: "merge", ids: [1, 2] },
    { action: "rename", id: 2, name: "gone" },
    { action: "rename", id: 0, name: "kept" },
  ].map((edit) => editSchema.parse({ step: "edit", ...edit }));
  const first = await replay(smallAnalysis(), list, context);
  const refitted = { ...smallAnalysis(smallAnalysis().labels!.map((label) => Math.min(label, 1))), edits: undefined };
  const second = await replay(refitted, editsOf(first), context);
  expect(second.edits!.outcomes.map(({ refusal }) => refusal?.code)).toEqual(["class-gone", "class-gone", undefined]);
});
