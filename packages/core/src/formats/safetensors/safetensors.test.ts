import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FormatError, isSigmaError, ParameterError, ShapeError, UnsupportedError } from "../../errors.js";
import { readSafetensors } from "./read-safetensors.js";
import { type SafetensorsContent, type Tensor, writeSafetensors } from "./safetensors.js";

const tensors = new Map<string, Tensor>([
  ["layer.weight", { shape: [2, 3], data: Float32Array.of(1, -2, 3.5, 0, 1e-20, 6) }],
  ["layer.bias", { shape: [2], data: Float64Array.of(Math.PI, -0) }],
  ["bytes", { shape: [3], data: Uint8Array.of(1, 2, 255) }],
  ["steps", { shape: [], data: BigInt64Array.of(-5n) }],
  ["empty", { shape: [0, 4], data: new Int16Array(0) }],
]);
const content: SafetensorsContent = { tensors, metadata: { format: "pt", note: "grün" } };

/** A file with this header and so many bytes of arrays. */
function fileOf(header: unknown, arrays = 0): Uint8Array {
  const json = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + arrays);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

describe("safetensors", () => {
  it("come back as they were written, whatever the place in memory", () => {
    const bytes = writeSafetensors(content);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    const read = readSafetensors(shifted.subarray(3));
    expect(read.metadata).toEqual(content.metadata);
    expect(Object.fromEntries(read.tensors)).toEqual(Object.fromEntries(tensors));
  });

  it("are read from a view that does not copy when it is sliced, as Node's buffers", () => {
    class View extends Uint8Array {
      override slice(start?: number, end?: number): Uint8Array<ArrayBuffer> {
        return this.subarray(start, end) as Uint8Array<ArrayBuffer>;
      }
    }
    const bytes = writeSafetensors(content);
    expect(Object.fromEntries(readSafetensors(new View(bytes)).tensors)).toEqual(Object.fromEntries(tensors));
  });

  it("are written aligned and the same in whatever order they come", () => {
    const bytes = writeSafetensors(content);
    expect(new DataView(bytes.buffer).getUint32(0, true) % 8).toBe(0);
    const metadata = { note: "grün", format: "pt" };
    expect(writeSafetensors({ tensors: new Map([...tensors].reverse()), metadata })).toEqual(bytes);
  });

  it("read booleans as bytes, and a header that ends in spaces", () => {
    const bytes = fileOf('{"a":{"dtype":"BOOL","shape":[2],"data_offsets":[0,2]}}   ', 2);
    bytes[bytes.length - 1] = 1;
    expect(readSafetensors(bytes).tensors.get("a")).toEqual({ shape: [2], data: Uint8Array.of(0, 1) });
  });

  it("refuse to be written with a wrong shape or a name that is taken", () => {
    const one = (name: string, shape: number[]) =>
      writeSafetensors({ tensors: new Map([[name, { shape, data: new Float32Array(3) }]]), metadata: {} });
    expect(() => one("a", [2])).toThrow(ShapeError);
    expect(() => one("__metadata__", [3])).toThrow(ParameterError);
  });
});

const entry = (dtype: string, shape: unknown, from: number, to: number) => ({ dtype, shape, data_offsets: [from, to] });

describe("damaged safetensors", () => {
  it.each([
    ["no header", new Uint8Array(5), /header does not fit into the file/],
    ["a header longer than the file", fileOf({}).fill(0xff, 0, 8), /18446744073709551615 bytes/],
    ["no brace", fileOf("[1]"), /begin with a brace/],
    ["no JSON", fileOf("{nothing"), /not JSON/],
    ["no text", fileOf("{}").fill(0xff, 9), /not JSON/],
    ["metadata that are no texts", fileOf({ __metadata__: { a: 1 } }), /__metadata__\.a/],
    ["a shape that is none", fileOf({ a: entry("F32", [-1], 0, 4) }, 4), /a\.shape\.0/],
    ["a shape of another size", fileOf({ a: entry("F32", [3], 0, 4) }, 4), /a\.shape.*4 bytes.*12 bytes/],
    ["a shape beyond all memory", fileOf({ a: entry("F32", [2 ** 40, 2 ** 40], 0, 4) }, 4), /a\.shape/],
    ["an array beyond the end", fileOf({ a: entry("F32", [2], 0, 8) }, 4), /a\.data_offsets.*0 to 8/],
    ["an array that ends before it begins", fileOf({ a: entry("F32", [1], 0, -4) }, 4), /data_offsets/],
    ["a gap", fileOf({ a: entry("U8", [1], 1, 2) }, 2), /without gap/],
    ["an overlap", fileOf({ a: entry("U8", [2], 0, 2), b: entry("U8", [2], 1, 3) }, 3), /b\.data_offsets/],
    ["bytes at the end", fileOf({ a: entry("U8", [1], 0, 1) }, 5), /bytes after the last array/],
  ])("%s", (_, bytes, message) => {
    expect(() => readSafetensors(bytes, "m.safetensors")).toThrow(FormatError);
    expect(() => readSafetensors(bytes, "m.safetensors")).toThrow(message);
  });

  it("of types that are not read say so", () => {
    expect(() => readSafetensors(fileOf({ a: entry("BF16", [1], 0, 2) }, 2))).toThrow(UnsupportedError);
  });

  test("any damage gives an error of ours or a content", () => {
    const bytes = writeSafetensors(content);
    const damaged = fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(bytes.length));
    fc.assert(
      fc.property(damaged, ([at, value, length]) => {
        const copy = bytes.slice(0, length);
        if (at < length) copy[at] = value;
        try {
          readSafetensors(copy);
        } catch (error) {
          expect(isSigmaError(error)).toBe(true);
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
