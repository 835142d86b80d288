import { expect, test } from "vitest";
import * as core from "../src/index.js";

test("the list of public exports changes only on purpose", () => {
  expect(Object.keys(core).sort()).toMatchSnapshot();
});
