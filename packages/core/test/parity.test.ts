/** docs/sigma-parity.md claims: every file that it links exists, and every test that it names stands in the file that it links. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const page = fileURLToPath(new URL("../../../docs/sigma-parity.md", import.meta.url));
const text = readFileSync(page, "utf8");

interface Claim {
  readonly path: string;
  /** Names of tests that stand behind the link, each in quotation marks. */
  readonly titles: readonly string[];
}

const claims: readonly Claim[] = [...text.matchAll(/\]\(([^)#]+)\)((?:;? "[^"]+")*)/g)].map(([, path, titles]) => ({
  path: path!,
  titles: [...titles!.matchAll(/"([^"]+)"/g)].map(([, title]) => title!),
}));
const ofTests = claims.filter(({ path }) => /\.test\.tsx?$/.test(path));

function source(path: string): string {
  const file = join(dirname(page), path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** Rows of the tables under a heading, without their heads. */
function rowsUnder(heading: string): string[] {
  const part = text.slice(text.indexOf(`\n## ${heading}\n`)).split("\n## ")[1] ?? "";
  return part.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---") && !line.startsWith("| in SIGMA "));
}

describe("parity with SIGMA", () => {
  test("every file that is linked exists", () => {
    expect(claims.length).toBeGreaterThan(100);
    expect(claims.map(({ path }) => path).filter((path) => !existsSync(join(dirname(page), path)))).toEqual([]);
  });

  test("every test that is named stands in its file as the title of a test", () => {
    const missing = ofTests.flatMap(({ path, titles }) => {
      const file = source(path);
      const isTitle = (title: string) =>
        ['"', "`", "'"].some((quote) => file.includes(`${quote}${title.replaceAll("`", "\\`")}`));
      return titles.filter((title) => !isTitle(title)).map((title) => `${path}: ${title}`);
    });
    expect(missing).toEqual([]);
  });

  test("every link to tests names at least one", () => {
    expect(ofTests.filter(({ titles }) => titles.length === 0).map(({ path }) => path)).toEqual([]);
  });

  test("every defect has a test that shows that ours does not have it", () => {
    const rows = rowsUnder("Defects");
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((row) => !/\.test\.tsx?\) "/.test(row))).toEqual([]);
  });
});
