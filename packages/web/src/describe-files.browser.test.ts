import { expect, test } from "vitest";
import { describeFiles } from "./describe-files.js";

const header =
  "key\tvalue\nwidth\t3\nheight\t2\ndepth\t4\noffset\t0\ndata-length\t1\ndata-type\tunsigned\nbyte-order\tdont-care\nrecord-by\tvector\n";

test("a set of files chosen in the browser is read there", async () => {
  const set = [new File([header], "map.rpl"), new File([new Uint8Array(24).fill(1)], "map.raw")];
  expect(await describeFiles(set)).toMatch(/2 x 3 x 4/);
});

test("a file of another kind gets a sentence, not an exception", async () => {
  expect(await describeFiles([new File(["hello"], "letter.txt")])).toMatch(/No format/);
});
