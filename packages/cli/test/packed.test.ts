import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sigma-packed-"));
const program = join(folder, "node_modules/sigma-eds/bin/sigma.js");

/** The archives, unpacked where `npm install` would put them; what the core depends on stands in the project already. */
beforeAll(() => {
  const app = join(folder, "app");
  mkdirSync(join(app, "assets"), { recursive: true });
  writeFileSync(join(app, "index.html"), "<!doctype html><title>SIGMA</title>");
  writeFileSync(join(app, "assets/page.js"), "export {};");
  execFileSync(process.execPath, [join(root, "scripts/pack.mjs"), "--out", join(folder, "packages"), "--app", app]);
  const modules = join(folder, "node_modules");
  for (const [name, archive] of [
    ["sigma-eds", "sigma-eds-"],
    ["@sigma-eds/core", "sigma-eds-core-"],
  ] as const) {
    const place = join(modules, name);
    mkdirSync(place, { recursive: true });
    const file = readdirSync(join(folder, "packages")).find((one) => new RegExp(`^${archive}\\d`).test(one));
    execFileSync("tar", ["-xzf", join(folder, "packages", file ?? ""), "-C", place, "--strip-components=1"]);
    const { dependencies = {} } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
      dependencies?: Record<string, string>;
    };
    for (const needed of Object.keys(dependencies))
      if (!needed.startsWith("@sigma-eds/")) symlinkSync(join(root, "node_modules", needed), join(modules, needed), "dir");
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the packed program needs no other package, and says whose code it holds", () => {
  const place = join(folder, "node_modules/sigma-eds");
  const { dependencies } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as { dependencies?: unknown };
  expect(dependencies).toBeUndefined();
  const [bundle, ...others] = readdirSync(join(place, "bundle")).filter((name) => !name.endsWith(".json"));
  expect(others).toEqual([]);
  const files = readdirSync(join(place, "bundle", bundle ?? ""));
  expect(files).toContain("thread-worker.js");
  expect(files.filter((name) => name.endsWith(".map"))).toEqual([]);
  const licences = readFileSync(join(place, "bundle", bundle ?? "", "THIRD-PARTY-LICENSES.txt"), "utf8");
  for (const name of ["commander", "zod", "fflate", "numcodecs"]) expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
});

test("the packed core can be imported", () => {
  const program =
    'const { programVersion, formats } = await import("@sigma-eds/core"); console.log(programVersion, "bcf" in formats)';
  const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], { cwd: folder, encoding: "utf8" });
  expect(said).toMatch(/^\d+\.\d+\.\d+ true\n$/);
});

test("the packed program runs from an empty folder", () => {
  const empty = join(folder, "empty");
  mkdirSync(empty);
  const schema = execFileSync(process.execPath, [program, "schema", "--preset", "auto"], { cwd: empty, encoding: "utf8" });
  expect(JSON.parse(schema)).toMatchObject({ name: "auto" });
});

test("the packed program serves the app that was packed with it", async () => {
  const server = spawn(process.execPath, [program, "app"], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  try {
    const address = await new Promise<string>((resolve) => server.stdout.once("data", (text) => resolve(String(text).trim())));
    const page = await fetch(address);
    expect(await page.text()).toContain("SIGMA");
    expect(page.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    const script = await fetch(new URL("assets/page.js", address));
    expect(script.headers.get("content-type")).toContain("javascript");
  } finally {
    server.kill();
  }
});
