import { expect, test } from "vitest";
import { pageWords, tablePage } from "./table-pages.js";

test("pages hold all rows once, the last what is left", () => {
  const pages = Array.from({ length: 11 }, (_, i) => tablePage(2048, i));
  expect(pages.map(({ from, to }) => to - from).reduce((sum, rows) => sum + rows, 0)).toBe(2048);
  expect(pages.at(-1)).toEqual({ from: 2000, to: 2048, page: 10, pages: 11 });
  expect(pageWords(pages[1]!, 2048)).toBe("Rows 201 to 400 of 2,048");
});

test("a page that is not there is the nearest that is", () => {
  expect(tablePage(201, 7)).toMatchObject({ page: 1, from: 200, to: 201 });
  expect(tablePage(0, 3)).toEqual({ from: 0, to: 0, page: 0, pages: 1 });
  expect(pageWords(tablePage(1, 0), 1)).toBe("1 row");
});
