import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const source = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);
const components = join(packageAt("@mantine/core"), "esm/components");

function packageAt(name: string): string {
  const main = require.resolve(name);
  return main.slice(0, main.lastIndexOf(name) + name.length);
}

function filesUnder(folder: string, pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => pattern.test(name))
    .map((name) => join(folder, name));
}

/** What the files take from Mantine by name. */
function namesTaken(files: readonly string[]): string[] {
  return files.flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/import (?:type )?\{([^}]*)\} from "@mantine\/core"/g)].flatMap(([, names]) =>
      names!.split(",").map((name) => name.trim()),
    ),
  );
}

/** Names of the sheets that a module needs, those of the components that it is made of included. */
function sheetsOf(module: string, seen: Set<string>): void {
  if (seen.has(module) || !existsSync(module)) return;
  seen.add(module);
  for (const [, path] of readFileSync(module, "utf8").matchAll(/from "(\.[^"]+)"/g)) sheetsOf(join(dirname(module), path!), seen);
}

test("every component in use has its styles, and no other is loaded", () => {
  const used = namesTaken([
    ...filesUnder(source, /\.tsx?$/),
    ...filesUnder(join(packageAt("@mantine/spotlight"), "esm"), /\.mjs$/),
  ]);
  const seen = new Set<string>();
  const modules = filesUnder(components, /\.mjs$/);
  for (const name of used) for (const path of modules) if (path.endsWith(`/${name}.mjs`)) sheetsOf(path, seen);
  const needed = [...seen].flatMap((path) => /components\/.*?([A-Za-z]+)\.module\.mjs$/.exec(path)?.[1] ?? []);
  const loaded = [...readFileSync(join(source, "ui/component-styles.ts"), "utf8").matchAll(/styles\/([A-Z][A-Za-z]+)\.css/g)];
  expect(needed.length).toBeGreaterThan(10);
  expect(loaded.map(([, name]) => name).sort()).toEqual([...new Set(needed)].sort());
});
