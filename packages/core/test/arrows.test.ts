import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const packages = fileURLToPath(new URL("../..", import.meta.url));
const core = join(packages, "core/src");

/** Who may import whom: a layer imports itself and any layer before it; layers of one row are neighbours and do not meet. */
const rows = [
  ["errors", "version", "numbers", "no-generated-code"],
  ["spectrum-image"],
  ["xray", "kernels"],
  ["formats", "algorithms", "phantom"],
  ["pipeline"],
  ["report"],
  ["index"],
];
/** Arrows inside a row that the physics asks for; each is one-way. */
const allowed = new Set(["xray > kernels"]);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.ts$/.test(entry.name) && !/\.(test|test-support)\.ts$/.test(entry.name) ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const statements = text.matchAll(/^\s*(?:import|export)\b(?:[^;"'()=]*\bfrom)?\s*["']([^"']+)["']/gm);
  const dynamic = text.matchAll(/\bimport\(\s*["']([^"']+)["']/g);
  return [...statements, ...dynamic].map((match) => match[1]!);
}

function layerOf(file: string): string {
  return relative(core, file)
    .split(/[/\\]/)[0]!
    .replace(/\.(ts|js)$/, "");
}

function rowOf(layer: string): number {
  return rows.findIndex((row) => row.includes(layer));
}

function brokenArrows(file: string): string[] {
  const from = layerOf(file);
  return importsOf(file)
    .filter((target) => target.startsWith("."))
    .map((target) => layerOf(resolve(dirname(file), target)))
    .filter((to) => to !== from && rowOf(to) >= rowOf(from) && !allowed.has(`${from} > ${to}`))
    .map((to) => `${relative(core, file)} imports ${to}`);
}

describe("arrows of imports", () => {
  const files = sourceFiles(core);

  test("every folder of the core has a place in the order", () => {
    expect([...new Set(files.map(layerOf))].filter((layer) => rowOf(layer) < 0)).toEqual([]);
  });

  test("no file of the core imports a layer to its right, or a neighbour", () => {
    expect(files.flatMap(brokenArrows)).toEqual([]);
  });

  test("the core imports no Node module, and no package beyond its own dependencies", () => {
    const dependencies = Object.keys(JSON.parse(readFileSync(join(packages, "core/package.json"), "utf8")).dependencies);
    const foreign = files.flatMap((file) =>
      importsOf(file)
        .filter((target) => !target.startsWith("."))
        .filter((target) => !dependencies.some((name) => target === name || target.startsWith(`${name}/`)))
        .map((target) => `${relative(core, file)} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  test("hosts reach the core by its public name only, and one host never reaches another", () => {
    const foreign = ["cli", "web"].flatMap((host) =>
      sourceFiles(join(packages, host, "src")).flatMap((file) =>
        importsOf(file)
          .filter(
            (target) =>
              target.startsWith("@sigma-eds/core/") || /(^|\/)(core|cli|web)\/src\//.test(target) || target === "sigma-eds",
          )
          .map((target) => `${relative(packages, file)} imports ${target}`),
      ),
    );
    expect(foreign).toEqual([]);
  });
});

describe("arrows of imports in the web app", () => {
  const web = join(packages, "web/src");
  const order = ["worker", "session", "ui", "views", "app", "gallery"];
  const all = readdirSync(web, { recursive: true, encoding: "utf8" }).filter(
    (name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name),
  );
  const placeOf = (path: string): string[] => relative(web, path).split(/[/\\]/);
  const inner = all
    .filter((name) => /[/\\]/.test(name))
    .flatMap((name) =>
      importsOf(join(web, name))
        .filter((target) => target.startsWith("."))
        .map((target) => ({ from: placeOf(join(web, name)), to: placeOf(resolve(dirname(join(web, name)), target)) })),
    );

  test("no folder imports one to its right, and the small controls know no session but its types", () => {
    const broken = inner.filter(({ from, to }) => order.indexOf(to[0]!) > order.indexOf(from[0]!));
    expect(broken.map(({ from, to }) => `${from.join("/")} imports ${to.join("/")}`)).toEqual([]);
  });

  test("no view imports a view", () => {
    const broken = inner.filter(({ from, to }) => from[0] === "views" && to[0] === "views" && from[1] !== to[1]);
    expect(broken.map(({ from, to }) => `${from.join("/")} imports ${to.join("/")}`)).toEqual([]);
  });
});
