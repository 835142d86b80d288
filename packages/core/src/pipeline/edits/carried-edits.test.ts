import { expect, test } from "vitest";
import { carriedEdits, sameClasses, withClassIds } from "./carried-edits.js";
import { GONE_CLASS } from "./class-table.js";
import { type Edit, type EditInput, editSchema } from "./edit-schema.js";
import { replay } from "./replay.js";
import { drawn, labelsOfPicture, smallAnalysis } from "./small-analysis.test-support.js";

const context = { seed: 3 };
const edit = (given: Omit<EditInput, "step">): Edit => editSchema.parse({ step: "edit", ...given });
/** As in the small analysis, with the numbers of its classes exchanged and a fourth found in the corner of the first. */
const fresh = () =>
  smallAnalysis(
    labelsOfPicture([
      "33322200", //
      "11122200",
      "11122.00",
      "1112..00",
      "11222200",
      "11222211",
    ]),
  );
const named = (list: readonly Edit[]) => replay(fresh(), list, context);
const namesOf = async (list: readonly Edit[]) => (await named(list)).edits!.table.entries.map(({ id, name }) => [id, name]);

test("classes are the same that share most of their pixels, each other's best", () => {
  const before = smallAnalysis().labels!;
  expect([...sameClasses(before, fresh().labels!)]).toEqual([
    [0, 1],
    [1, 2],
    [2, 0],
  ]);
  expect([...sameClasses(before, before)]).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
  ]);
  expect([...sameClasses(Int32Array.of(0, 0, 0, 0, 0), Int32Array.of(0, -1, -1, -1, -1))]).toEqual([]);
  expect([...sameClasses(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 0, 0, -1))]).toEqual([[0, 0]]);
});

test("names go with the classes and not with their numbers, also those of classes that an edit made", async () => {
  const edits = [
    edit({ action: "polygon", regions: [{ on: "map", corners: [[3, 3], [8, 3], [8, 6], [3, 6]] }] } as EditInput), // biome-ignore format: corners
    edit({ action: "rename", id: 3, name: "Made" } as EditInput),
    edit({ action: "rename", id: 0, name: "Left" } as EditInput),
    edit({ action: "rename", id: 2, name: "Right" } as EditInput),
  ];
  const edited = await replay(smallAnalysis(), edits, context);
  const { edits: carried, ids } = await carriedEdits(
    edited,
    fresh(),
    sameClasses(smallAnalysis().labels!, fresh().labels!),
    context,
  );
  expect([...ids]).toEqual([
    [0, 1],
    [1, 2],
    [2, 0],
    [3, 4],
  ]);
  // With the numbers as they were the class that was found in the corner would be called "Made".
  expect(await namesOf(edits)).toContainEqual([3, "Made"]);
  expect(await namesOf(carried)).toEqual([
    [0, "Right"],
    [1, "Left"],
    [2, undefined],
    [3, undefined],
    [4, "Made"],
  ]);
  expect(drawn((await named(carried)).labels)).toEqual(["33322200", "11122200", "11122.00", "11144444", "11244444", "11244444"]);
});

test("what was done with a class that is not found again is refused, and what was done with several is done with the others", async () => {
  const ids = new Map([[0, 2], [1, GONE_CLASS], [2, 0]]); // biome-ignore format: pairs
  const carried = [
    withClassIds(edit({ action: "rename", id: 1, name: "Lost" } as EditInput), ids),
    withClassIds(edit({ action: "merge", ids: [1, 2] } as EditInput), ids),
    withClassIds(edit({ action: "gate", expression: "Fe_Ka > 0", within: [1], target: "new" } as EditInput), ids),
    withClassIds(edit({ action: "gate", expression: "Fe_Ka > 0", within: ["unassigned", 1, 2], target: 1 } as EditInput), ids),
    withClassIds(edit({ action: "unassigned", include: false } as EditInput), ids),
    withClassIds(edit({ action: "merge", ids: [0, 1, 2] } as EditInput), ids),
  ];
  const { outcomes } = (await named(carried)).edits!;
  expect(outcomes.map(({ refusal }) => refusal?.code)).toEqual([
    ...["class-gone", "class-gone", "class-gone", "class-gone"],
    ...[undefined, undefined],
  ]);
  expect(outcomes[0]!.refusal!.message).toBe("Its class was not found again.");
  expect(outcomes[5]!.edit).toMatchObject({ ids: [2, 0] });
});
