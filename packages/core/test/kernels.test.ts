import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { kernelModule, kernelNames } from "../../../scripts/build-kernels.mjs";

const generated = fileURLToPath(new URL("../src/kernels/generated", import.meta.url));

describe("compiled kernels", () => {
  test("there is one for every source, and no other", () => {
    expect(readdirSync(generated).sort()).toEqual(kernelNames().map((name) => `${name}.ts`));
  });

  test.each(kernelNames())("%s is what its source gives; if not: npm run build:kernels", async (name) => {
    expect(readFileSync(`${generated}/${name}.ts`, "utf8")).toBe(await kernelModule(name));
  });
});
