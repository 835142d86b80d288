import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { smallMapSession } from "../map/small-map-session.test-support.js";
import { detailHelp } from "./basic-controls.js";

test("the number of classes that a detail gives leaves out those that people made", () => {
  const analysis = smallMapSession(linkedValues()).session.analysis!;
  expect(detailHelp({ analysis, partial: false, stale: [] })).toBe("Gives 2 classes here.");
  const before = { labels: analysis.labels!, membership: undefined };
  const table = { entries: [], nextId: 3, vanished: new Map(), countUnassigned: true };
  const made = { ...analysis.classes[1]!, id: 2 };
  const edited = { ...analysis, classes: [...analysis.classes, made], edits: { before, table, outcomes: [] } };
  expect(detailHelp({ analysis: edited, partial: false, stale: [] })).toBe("Gives 2 classes here. With your edits there are 3.");
  expect(detailHelp({ analysis: edited, partial: false, stale: ["cluster"] })).toMatch(
    /^Found 2 classes with the settings before\. With/,
  );
  expect(detailHelp({ analysis, partial: true, stale: [] })).toBe("How small a difference makes a class of its own.");
});
