import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256Stream } from "./sha256-stream.js";

test.each([0, 1, 55, 56, 63, 64, 65, 119, 120, 1000, 100_003])(
  "the digest of %i bytes, in pieces, is that of Node's",
  (length) => {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7 + (i >> 8)) & 255);
    const digest = sha256Stream();
    for (let at = 0, piece = 1; at < length; at += piece, piece = (piece * 3) % 101 || 5)
      digest.add(bytes.subarray(at, at + piece));
    expect(digest.hex()).toBe(createHash("sha256").update(bytes).digest("hex"));
  },
);
