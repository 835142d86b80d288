import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";
import { builtProgram, currentBundle, stampOf } from "../bin/program.js";
import { scratchFolder } from "./run-sigma.test-support.js";

const scratch = scratchFolder();
const copy = scratch.path("packages/cli");
const folder = pathToFileURL(`${copy}/`);

/** The program's entry with two builds that only say which one runs, the bundle made from what is compiled. */
beforeEach(() => {
  rmSync(copy, { recursive: true, force: true });
  cpSync(fileURLToPath(new URL("../bin", import.meta.url)), join(copy, "bin"), { recursive: true });
  write("package.json", '{ "type": "module" }');
  write("dist/main.js", says("modules"));
  write("bundle/abc/main.js", says("bundle"));
  write("tsconfig.tsbuildinfo", "1");
  bundled();
});
afterAll(() => scratch.remove());

test("the bundle runs when nothing has been compiled since", () => {
  expect(running()).toBe("bundle");
});

test("the modules run when something has been compiled since the bundle was made, of whatever size", () => {
  write("tsconfig.tsbuildinfo", "2");
  utimesSync(join(copy, "tsconfig.tsbuildinfo"), 1000, 1000);
  expect(running()).toBe("modules");
  bundled();
  expect(running()).toBe("bundle");
  const { modifiedMs } = stampOf("tsconfig.tsbuildinfo", folder);
  write("tsconfig.tsbuildinfo", "2, and more");
  utimesSync(join(copy, "tsconfig.tsbuildinfo"), (modifiedMs ?? 0) / 1000, (modifiedMs ?? 0) / 1000);
  expect(running()).toBe("modules");
});

test("the modules run when what the bundle was made from is gone, and when there is no bundle", () => {
  rmSync(join(copy, "tsconfig.tsbuildinfo"));
  expect(running()).toBe("modules");
  rmSync(join(copy, "bundle"), { recursive: true });
  expect(running()).toBe("modules");
});

test("a bundle that states nothing it was made from, as where it is installed, always runs", () => {
  write("bundle/current.json", JSON.stringify({ folder: "abc", madeFrom: [] }));
  rmSync(join(copy, "dist"), { recursive: true });
  expect(running()).toBe("bundle");
});

test("the bundle of the project, where it is current, has a worker of its own and says what it was made from", () => {
  const bundle = currentBundle();
  if (bundle === undefined) return expect(builtProgram().pathname).toMatch(/dist\/main\.js$/);
  const place = dirname(fileURLToPath(bundle));
  expect(readdirSync(place)).toContain("thread-worker.js");
  const { madeFrom } = JSON.parse(readFileSync(join(place, "../current.json"), "utf8")) as { madeFrom: { path: string }[] };
  expect(madeFrom.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["../core/tsconfig.tsbuildinfo", "tsconfig.tsbuildinfo", "../../package-lock.json"]),
  );
});

function bundled() {
  write("bundle/current.json", JSON.stringify({ folder: "abc", madeFrom: [stampOf("tsconfig.tsbuildinfo", folder)] }));
}

function running(): string {
  return execFileSync(process.execPath, [join(copy, "bin/sigma.js")], { encoding: "utf8" });
}

function says(what: string): string {
  return `export async function main() { process.stdout.write(${JSON.stringify(what)}); return 0; }`;
}

function write(name: string, text: string) {
  const path = join(copy, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
