import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));

const files = ["core", "cli", "web"].flatMap((name) => {
  const folder = join(packages, name, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.(test|test-support)\.ts$/.test(file) && !/(^|[/\\])generated[/\\]/.test(file))
    .map((file) => join(folder, file));
});

function linesMatching(pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${relative(packages, file)}:${i + 1}: ${line.trim()}`] : [])),
  );
}

test("errors have a class of their own", () => {
  expect(linesMatching(/\bthrow new (Error|TypeError|RangeError)\(/)).toEqual([]);
});

test("nothing is left for later", () => {
  expect(linesMatching(/\b(TODO|FIXME|HACK|XXX)\b/)).toEqual([]);
});

test("the compiler is not silenced", () => {
  expect(linesMatching(/@ts-(ignore|expect-error|nocheck)|biome-ignore-all/)).toEqual([]);
});

test("files are named for what they hold", () => {
  const vague = /^(utils?|helpers?|common|misc|types?|stuff)\.ts$/;
  const bad = files.filter((file) => {
    const name = file.split(/[/\\]/).at(-1)!;
    return vague.test(name) || !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z-]+)*\.ts$/.test(name);
  });
  expect(bad.map((file) => relative(packages, file))).toEqual([]);
});

test("no file has more than 400 lines", () => {
  const long = files.map((file) => ({ file: relative(packages, file), lines: readFileSync(file, "utf8").split("\n").length }));
  expect(long.filter(({ lines }) => lines > 400)).toEqual([]);
});
