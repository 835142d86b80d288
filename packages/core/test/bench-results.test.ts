import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { page } from "../../../benches/results-page.mjs";

const benches = new URL("../../../benches/", import.meta.url);
const text = (name: string): string => readFileSync(new URL(name, benches), "utf8");

const side = {
  version: "1.0",
  runs: 2,
  warm: 2,
  warmProcessor: 3,
  cold: 4,
  coldProcessor: 5,
  megabytes: 100,
  others: 0,
  quality: 0.5,
};
const ratios = { warm: 6, warmProcessor: 4, cold: 9, coldProcessor: 8, megabytes: 3 };

function rowWith(peer: object, targets: object = { warm: { target: 5, stretch: 10 } }) {
  const fixed = { machine: "a machine", threads: 2, day: "2026-01-01", versions: {}, size: "small", rounds: 1 };
  return { title: "Work", targets, qualityText: "how good", ...fixed, ours: side, peers: { package: peer } };
}

/** The last cell of the only target. */
function verdict(peer: object, targets?: object): string {
  const line = page({ work: rowWith(peer, targets) }, { work: "the reason" })
    .split("\n")
    .find((row) => row.startsWith("| Work | small"));
  return line!.split(" | ").at(-1)!.replace(" |", "");
}

test("the page of results holds what was measured and nothing else", () => {
  expect(text("results.md")).toBe(page(JSON.parse(text("results.json")), JSON.parse(text("results-notes.json"))));
});

test("every target that is missed has its reason", () => {
  expect(text("results.md")).not.toContain("not looked into yet");
});

test("on a quiet machine a target is met by the clock, with a quality that is no lower", () => {
  expect(verdict({ ...side, ratios })).toBe("met");
  expect(verdict({ ...side, ratios: { ...ratios, warm: 12 } })).toBe("met, and better still");
  expect(verdict({ ...side, ratios: { ...ratios, warm: 4.9 } })).toBe("missed");
  expect(verdict({ ...side, quality: 0.6, ratios })).toBe("missed: quality is lower");
  expect(verdict({ failed: "no such package" })).toBe("not run: no such package");
});

test("where other programs use the machine, a target is judged by processor time", () => {
  expect(verdict({ ...side, others: 0.5, ratios })).toBe("missed (processor time)");
  expect(verdict({ ...side, others: 0.5, ratios: { ...ratios, warm: 3, warmProcessor: 5 } })).toBe("met (processor time)");
});

test("a target of seconds or megabytes is met from below", () => {
  expect(verdict({ ...side, ratios }, { seconds: { target: 3 } })).toBe("met");
  expect(verdict({ ...side, ratios }, { megabytes: { target: 80 } })).toBe("missed");
});

test("a missed target is followed by its reason", () => {
  const missed = page({ work: rowWith({ ...side, ratios }, { warm: { target: 7 } }) }, { work: "the reason" });
  expect(missed).toContain("- Work: the reason");
});
