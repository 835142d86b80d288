import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FormatError, isSigmaError } from "../errors.js";
import { decodeBase64 } from "./base64.js";
import { inflateZlib } from "./inflate.js";

const facts = { where: "file", field: "block", offset: 7 };
const sample = Uint8Array.from({ length: 20_000 }, (_, i) => (i * i) % 17);
const packed = new Uint8Array(deflateSync(sample));

describe("inflateZlib", () => {
  test("undoes what zlib does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.constantFrom(0, 1, 6, 9), (bytes, level) => {
        expect(inflateZlib(new Uint8Array(deflateSync(bytes, { level })), bytes.length, facts)).toEqual(bytes);
      }),
      { numRuns: 100, seed: 1 },
    );
    expect(inflateZlib(packed, sample.length, facts)).toEqual(sample);
  });

  test.each([
    ["fewer bytes than announced", packed, sample.length + 1, /do not have the size/],
    ["more bytes than announced", packed, sample.length - 1, /do not have the size/],
    ["less than the size can need", packed, 1e9, /too short for the size/],
    ["nothing", new Uint8Array(0), 0, /too short/],
    ["half of the stream", packed.subarray(0, packed.length / 2), sample.length, /damaged|size/],
    [
      "another check sum",
      Uint8Array.from(packed, (byte, i) => (i === packed.length - 1 ? byte ^ 1 : byte)),
      sample.length,
      /check sum/,
    ],
  ])("refuses %s", (_, bytes, size, message) => {
    expect(() => inflateZlib(bytes, size, facts)).toThrow(FormatError);
    expect(() => inflateZlib(bytes, size, facts)).toThrow(message);
    expect(() => inflateZlib(bytes, size, facts)).toThrow(/file, field block, at byte 7/);
  });

  test("never gives changed data: each changed bit is an error", () => {
    for (let i = 0; i < packed.length; i += 3) {
      const changed = packed.slice();
      changed[i]! ^= 1 << (i % 8);
      try {
        expect(inflateZlib(changed, sample.length, facts)).toEqual(sample);
      } catch (error) {
        expect(isSigmaError(error, "format"), String(error)).toBe(true);
      }
    }
  });
});

describe("decodeBase64", () => {
  test("undoes what Node does", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = Buffer.from(bytes)
          .toString("base64")
          .replace(/(.{20})/g, "$1\r\n ");
        expect(decodeBase64(new TextEncoder().encode(text), "file")).toEqual(bytes);
      }),
      { numRuns: 200, seed: 2 },
    );
  });

  test("refuses other letters and names the place", () => {
    expect(() => decodeBase64(new TextEncoder().encode("QUJD*A=="), "file")).toThrow(/at byte 4/);
  });
});
