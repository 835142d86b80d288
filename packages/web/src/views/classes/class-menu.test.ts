import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { classMenu } from "./class-menu.js";

test("a class under the right button becomes the one that is acted on and the selection stays; of several that are chosen all are meant", () => {
  const linked = linkedValues();
  const { session } = smallMapSession(linked);
  const run: string[] = [];
  session.commands.register([
    { id: "class.rename", title: "Rename class...", keys: "F2", run: () => void run.push("rename") },
    { id: "class.lock", title: "Lock or unlock class", run: () => void run.push("lock") },
  ]);
  linked.chosenClasses.set([0], "test");
  const [first, edits, looks] = classMenu(session, 1);
  expect(linked.chosenClasses.current.value).toEqual([1]);
  expect(linked.visibleClasses.current.value.active).toBe(1);
  expect(linked.selection.current.value.count).toBe(0);
  expect(first?.[1]).toMatchObject({
    label: "Move the selection here",
    unavailable: expect.stringContaining("Nothing is selected"),
  });
  expect([edits, looks]).toMatchObject([[{ label: "Rename class...", keys: "F2" }], [{ label: "Lock or unlock class" }]]);
  if (edits?.[0] !== undefined && "run" in edits[0]) edits[0].run();
  expect(run).toEqual(["rename"]);
  if (first?.[0] !== undefined && "run" in first[0]) first[0].run();
  expect(linked.selection.current.value.count).toBe(14 * 16);
  linked.chosenClasses.set([0, 1], "test");
  classMenu(session, 1);
  expect(linked.chosenClasses.current.value).toEqual([0, 1]);
});
