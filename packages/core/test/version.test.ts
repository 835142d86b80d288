import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { programVersion } from "../src/version.js";

test.each(["core", "cli", "web"])("the version in the code is that of the package %s", (name) => {
  const description = JSON.parse(readFileSync(new URL(`../../${name}/package.json`, import.meta.url), "utf8"));
  expect(description.version).toBe(programVersion);
});
