import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type NpyArray, readNpy, writeNpy } from "./npy.js";

/** Written by NumPy 2.x: `numpy.lib.format.write_array(file, array, version=(1, 0))`. */
const byNumpy = {
  int32:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAAAA/////wIAAAADAAAABAAAAPv///8=",
  uint8:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnfHUxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoA/w==",
  scalar:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAD4Pw==",
  bigEndianFortran:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPmkyJywgJ2ZvcnRyYW5fb3JkZXInOiBUcnVlLCAnc2hhcGUnOiAoMiwgMyksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAADAAEABAACAAU=",
  int64:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsIDIpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAr5/////////////////x8A",
  int64TooLarge:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGk4JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDEsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAEA==",
  bool: "k05VTVBZAQB2AHsnZGVzY3InOiAnfGIxJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoBAA==",
  complex:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGMxNicsICdmb3J0cmFuX29yZGVyJzogRmFsc2UsICdzaGFwZSc6ICgxLCksIH0gICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAAAAAAAAAAAAAPA/",
  empty:
    "k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDAsIDMpLCB9ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAo=",
};

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, "base64"));

describe("writeNpy", () => {
  test("writes byte for byte what NumPy writes", () => {
    const matrix = { shape: [2, 3], data: Int32Array.of(1, -1, 2, 3, 4, -5) };
    expect(Buffer.from(writeNpy(matrix)).toString("base64")).toBe(byNumpy.int32);
    expect(Buffer.from(writeNpy({ shape: [2], data: Uint8Array.of(0, 255) })).toString("base64")).toBe(byNumpy.uint8);
    expect(Buffer.from(writeNpy({ shape: [], data: Float64Array.of(1.5) })).toString("base64")).toBe(byNumpy.scalar);
    expect(Buffer.from(writeNpy({ shape: [0, 3], data: new Float32Array(0) })).toString("base64")).toBe(byNumpy.empty);
  });

  test("writes the elements of a view, not the buffer under it", () => {
    const whole = Uint16Array.of(1, 2, 3, 4);
    expect(readNpy(writeNpy({ shape: [2], data: whole.subarray(1, 3) })).data).toEqual(Uint16Array.of(2, 3));
  });

  test("refuses a shape that does not fit", () => {
    expect(() => writeNpy({ shape: [2, 2], data: new Uint8Array(3) })).toThrow(/3 values.*2 x 2/s);
  });
});

describe("readNpy", () => {
  test("reads big-endian arrays in Fortran order as C order", () => {
    expect(readNpy(bytesOf(byNumpy.bigEndianFortran))).toEqual({ shape: [2, 3], data: Int16Array.of(0, 1, 2, 3, 4, 5) });
  });

  test("reads 64-bit integers exactly or not at all", () => {
    expect(readNpy(bytesOf(byNumpy.int64)).data).toEqual(Float64Array.of(-7, Number.MAX_SAFE_INTEGER));
    expect(() => readNpy(bytesOf(byNumpy.int64TooLarge))).toThrow(/too large/);
  });

  test("reads booleans as 0 and 1", () => {
    expect(readNpy(bytesOf(byNumpy.bool)).data).toEqual(Uint8Array.of(1, 0));
  });

  test("names what is wrong", () => {
    expect(() => readNpy(new TextEncoder().encode("PK\u0003\u0004 something else"), "a.npz")).toThrow(
      /a\.npz, field magic.*not a NumPy array/,
    );
    expect(() => readNpy(bytesOf(byNumpy.complex))).toThrow(/descr.*<c16/s);
    expect(() => readNpy(bytesOf(byNumpy.int32).subarray(0, 140))).toThrow(/ends before the array/);
    expect(() => readNpy(bytesOf(byNumpy.int32).subarray(0, 40))).toThrow(/header does not fit/);
  });

  test("never asks for more memory than the file has", () => {
    const bytes = bytesOf(byNumpy.int32);
    const text = Buffer.from(bytes).toString("latin1").replace("(2, 3), }  ", "(99999, 99999), }").slice(0, bytes.length);
    expect(() => readNpy(new Uint8Array(Buffer.from(text, "latin1")))).toThrow(/ends before the array/);
  });

  test("gives back what was written, for any shape and type", () => {
    const types = [Uint8Array, Int8Array, Uint16Array, Int16Array, Uint32Array, Int32Array, Float32Array, Float64Array];
    fc.assert(
      fc.property(fc.constantFrom(...types), fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 4 }), (Elements, shape) => {
        const length = shape.reduce((product, size) => product * size, 1);
        const data = new Elements(length);
        for (let i = 0; i < length; i++) data[i] = (i * 37) % 127;
        const array: NpyArray = { shape, data };
        expect(readNpy(writeNpy(array))).toEqual(array);
        expect((writeNpy(array).length - array.data.byteLength) % 64).toBe(0);
      }),
    );
  });

  test("ends with a typed error or an array on any damage", () => {
    const good = bytesOf(byNumpy.int32);
    fc.assert(
      fc.property(fc.nat({ max: good.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, value) => {
        const bad = good.slice();
        bad[at] = value;
        try {
          expect(readNpy(bad).data.length).toBeLessThanOrEqual(24);
        } catch (error) {
          expect(error).toHaveProperty("tag");
        }
      }),
    );
  });
});
