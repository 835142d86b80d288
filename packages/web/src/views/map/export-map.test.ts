import { expect, test } from "vitest";
import { linkedValues } from "../../session/linked.js";
import { figuresOfMap } from "./export-map.js";
import { mapDefaults } from "./map-spec.js";
import { smallMapSession } from "./small-map-session.test-support.js";

test("figures of the map have the patterns that it shows, in the legend too", () => {
  const { session } = smallMapSession(linkedValues());
  const { grid, classes } = session.analysis!;
  const drawn = (patternsForAll: boolean): string =>
    figuresOfMap({ ...session, patternsForAll }, grid, mapDefaults)[0]!.draw(340);
  const count = (svg: string, mark: RegExp): number => svg.match(mark)?.length ?? 0;
  expect(count(drawn(true), /fill="url\(#figure-p\d+-pattern\)"/g)).toBe(classes.length);
  expect(count(drawn(true), /fill="url\(#figure-key-\d+\)"/g)).toBeGreaterThanOrEqual(classes.length);
  expect(count(drawn(false), /fill="url\(#figure-p\d+-pattern\)"/g)).toBe(0);
});
