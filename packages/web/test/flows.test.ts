import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), "utf8");
const rows = [...read("flows.md").matchAll(/^\| (.+?) \| `(.+?)` \| (.+?) \|$/gm)];

test("every flow names a test that exists", () => {
  expect(rows.length).toBeGreaterThan(30);
  const missing = rows.filter(([, , file, words]) => !read(file!).includes(`"${words}`)).map(([, flow]) => flow);
  expect(missing).toEqual([]);
});

test("every walk is part of the run, and in the table", () => {
  const walks = readdirSync(new URL(".", import.meta.url)).filter(
    (name) => name.endsWith(".test-support.ts") && /^ {2,4}test\($/m.test(read(name)),
  );
  const run = read("app.test.ts") + read("on-specimen.test-support.ts");
  const named = new Set(rows.map(([, , file]) => file));
  expect(walks.length).toBeGreaterThan(8);
  expect(walks.filter((name) => !run.includes(`./${name.replace(/ts$/, "js")}`))).toEqual([]);
  expect(walks.filter((name) => !named.has(name))).toEqual([]);
});
