import { detectFormat, FormatError, isSigmaError } from "@sigma-eds/core";
import { expect, test } from "vitest";
import { problemOf } from "./problems.js";

test("what is wrong is one sentence; its place, and what to do, are said once beside it", () => {
  const error = new FormatError("The block ends too early.", {
    where: "cut.bcf",
    field: "tree.SpectrumData0.size",
    offset: 17724,
    found: "4,096 bytes",
    expected: "17,000 bytes",
    remedy: "Copy the file anew.",
  });
  expect(problemOf("file", error)).toMatchObject({
    title: "The block ends too early.",
    where: "cut.bcf, tree.SpectrumData0.size, byte 17724",
    found: "Found 4,096 bytes. Expected 17,000 bytes.",
    remedy: "Copy the file anew.",
  });
  expect(problemOf("file", error).details).toContain("17,000 bytes");
});

test("a file of no known format is refused in one line; bytes stay in the details, formats are a list of their own", async () => {
  const bytes = new TextEncoder().encode("path\tsource of the files");
  const source = {
    name: "letter.txt",
    size: bytes.length,
    read: async (from: number, size: number) => bytes.slice(from, from + size),
  };
  const error = await detectFormat(source as unknown as Parameters<typeof detectFormat>[0]).catch((thrown: unknown) => thrown);
  expect(isSigmaError(error, "unsupported")).toBe(true);
  const problem = problemOf("file", error);
  expect(problem.title).toBe("No format that this program reads fits the file.");
  expect(problem.found).toBeUndefined();
  expect(problem.choices!.length).toBeGreaterThan(10);
  expect(problem.choices).toContainEqual(expect.stringMatching(/\(.*\.bcf.*\)$/));
  expect(problem.details).toContain("70 61 74 68");
});

test("facts too long to be read at once are left to the details", () => {
  const error = new FormatError("The header is not of this format.", { where: "a.dm4", found: "x".repeat(80), expected: "4" });
  expect(problemOf("file", error)).toMatchObject({ title: "The header is not of this format.", found: undefined });
});
