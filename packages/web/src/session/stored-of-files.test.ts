import { presetRecipe } from "@sigma-eds/core";
import { expect, test } from "vitest";
import type { SavedPage } from "./saved-page.js";
import type { FileOrigin } from "./session-state.js";
import { storedOfFiles } from "./stored-of-files.js";

const untouched = { recipe: { ...presetRecipe("auto"), dataset: 0 }, dataset: 0, timeline: [], shownRecipe: undefined };
const file = new File(["counts"], "map.bcf");

/** Sessions, newest first, each of files or of an example. */
async function found(sessions: readonly (Partial<SavedPage> & { readonly files?: readonly File[] })[]) {
  const list = sessions.map((page, i) => ({ id: `${i}`, page: { ...untouched, ...page } as SavedPage }));
  const origin = async (id: string): Promise<FileOrigin> => {
    const { files } = sessions[Number(id)]!;
    return files === undefined ? { kind: "example", id: "rare-grain" } : { kind: "files", files };
  };
  return (await storedOfFiles({ list: async () => list, origin }, [file]))?.id;
}

test("the newest session of the file in which something was done goes before a newer one in which nothing was", async () => {
  const worked = { shownRecipe: presetRecipe("auto"), files: [file] };
  expect(await found([{ files: [file] }, worked, worked])).toBe("1");
  expect(await found([{ files: [file] }, { files: [file] }])).toBe("0");
  expect(await found([{ files: [file] }, { files: [file], recipe: presetRecipe("sigma-ae-gmm") }])).toBe("1");
});

test("a file of another name or size, and an example, are not it; one of a set is", async () => {
  expect(await found([{}, { files: [new File(["counts"], "other.bcf")] }, { files: [new File(["more"], "map.bcf")] }])).toBe(
    undefined,
  );
  expect(await found([{ files: [new File([], "map.hdr"), file] }])).toBe("0");
});
