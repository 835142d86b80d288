/** Every method and every step has a page: linked from the index, with a picture, when to use it, and how it was checked. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { algorithmIds } from "../src/algorithms/registry.js";
import { steps } from "../src/pipeline/step-registry.js";

const folder = fileURLToPath(new URL("../../../docs/methods", import.meta.url));
const read = (page: string) => readFileSync(join(folder, page), "utf8");
const index = read("README.md");
const pages = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");

/** Pages that the index links in the row of an id, in the part under a heading. */
function pagesOf(id: string, heading: string): string[] {
  const part = index.slice(index.indexOf(heading)).split("\n## ")[0]!;
  const row = part.split("\n").find((line) => line.startsWith(`| \`${id}\` |`)) ?? "";
  return [...row.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, page]) => page!);
}

describe("pages of methods", () => {
  test.each(algorithmIds)("method %s has a page that names where it comes from", (id) => {
    const [page] = pagesOf(id, "## By method");
    expect(pages).toContain(page);
    expect(read(page!)).toMatch(/doi:10\.|\b(19|20)\d\d\b/);
  });

  test.each(Object.keys(steps))("step %s has a page", (id) => {
    const linked = pagesOf(id, "## By step");
    expect(linked).not.toEqual([]);
    expect(linked.filter((page) => !pages.includes(page))).toEqual([]);
  });

  test.each(pages)("%s is in the index, has a picture, and says when to use the method and how it was checked", (page) => {
    const text = read(page);
    expect(index).toContain(`](${page})`);
    const pictures = [...text.matchAll(/!\[[^\]]{10,}\]\((pictures\/[a-z-]+\.svg)\)/g)].map(([, path]) => path!);
    expect(pictures).not.toEqual([]);
    expect(pictures.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
    expect(text).toMatch(/when (not )?to use/i);
    expect(text).toMatch(/checked|held against/i);
  });

  test("every picture belongs to a page", () => {
    const text = pages.map(read).join("\n");
    expect(readdirSync(join(folder, "pictures")).filter((file) => !text.includes(`(pictures/${file})`))).toEqual([]);
  });
});
