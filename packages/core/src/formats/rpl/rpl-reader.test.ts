import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataCheckError, FormatError } from "../../errors.js";
import { type ByteSource, bytesInMemory } from "../../spectrum-image/byte-source.js";
import { pass, sumSpectrum } from "../../spectrum-image/pass.js";
import type { SpectrumImage } from "../../spectrum-image/spectrum-image.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { denseValues } from "../dense-values.test-support.js";
import { asDisk, haveSameBlocks } from "../disk.test-support.js";
import { rplFormat } from "./rpl-format.js";
import type { RawType } from "./rpl-parameters.js";
import { rplReader } from "./rpl-reader.js";

const types: readonly RawType[] = ["u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f4", "f8"];

interface Layout {
  readonly type: RawType;
  readonly littleEndian: boolean;
  readonly recordBy: "vector" | "image";
  readonly offset: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

describe("numbers", () => {
  const layouts = fc.record({
    type: fc.constantFrom(...types),
    littleEndian: fc.boolean(),
    recordBy: fc.constantFrom<"vector" | "image">("vector", "image"),
    offset: fc.nat(17),
    height: fc.integer({ min: 2, max: 5 }),
    width: fc.integer({ min: 2, max: 5 }),
    channels: fc.integer({ min: 2, max: 40 }),
  });

  test("come back whatever their type, byte order, record order and offset", async () => {
    await fc.assert(
      fc.asyncProperty(layouts, fc.array(fc.nat(127), { minLength: 1, maxLength: 30 }), async (layout, seed) => {
        const length = layout.height * layout.width * layout.channels;
        const values = Array.from({ length }, (_, i) => (i % 3 === 0 ? seed[i % seed.length]! : 0));
        const image = await read(layout, values);
        expect(image.counts.kind).toBe("counts");
        expect(await denseValues(image.counts)).toEqual(values);
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  test.each(["vector", "image"] as const)(
    "come back from a disk that fills the same memory again, record by %s",
    async (recordBy) => {
      // Spectra of three pieces of the file.
      const layout: Layout = { type: "u1", littleEndian: true, recordBy, offset: 3, height: 50, width: 90, channels: 2048 };
      const raw = new Uint8Array(3 + 50 * 90 * 2048);
      for (let i = 0; i < raw.length; i += 37) raw[i] = i % 251;
      const { counts } = await open(layout, raw, asDisk);
      expect(await haveSameBlocks(counts, (await open(layout, raw)).counts)).toBe(true);
      const total = raw.subarray(3).reduce((sum, value) => sum + value, 0);
      const [sum] = await pass(counts, [sumSpectrum(counts)]);
      expect(sum.reduce((a, b) => a + b, 0)).toBe(total);
    },
  );

  test.each([
    ["i2", -3],
    ["f4", 0.5],
    ["f8", -1e-9],
    ["i8", -1],
  ] as const)("of type %s that are not counts (%d) are intensities", async (type, value) => {
    const values = [0, 1, 2, value, 0, 4, 0, 0];
    const image = await read({ ...small, type }, values);
    expect(image.counts.kind).toBe("intensity");
    expect(await denseValues(image.counts)).toEqual(values);
  });

  test.each(["u8", "i8"] as const)("of type %s are exact up to 2^53 - 1, and an error beyond", async (type) => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(await denseValues((await read({ ...small, type }, [0, most, 2, 3, 4, 5, 6, most - 1])).counts)).toEqual([
      0,
      most,
      2,
      3,
      4,
      5,
      6,
      most - 1,
    ]);
    const beyond = rawBytes({ ...small, type }, [0, 0, 0, 0, 0, 0, 0, 0]);
    beyond[5 * 8 + 6] = 0x20;
    const image = open(small.type === type ? small : { ...small, type }, beyond);
    await expect(image.then(({ counts }) => denseValues(counts))).rejects.toThrow(DataCheckError);
    await expect(image.then(({ counts }) => denseValues(counts))).rejects.toThrow(/at byte 40/);
  });

  test("that are no numbers are an error that names the byte", async () => {
    const values = [0, 0, Number.NaN, 0, 0, 0, 0, 0];
    await expect(read({ ...small, type: "f4" }, values)).rejects.toThrow(/at byte 8: .*NaN/s);
  });

  test.each(["vector", "image"] as const)(
    "of a large file by %s are read in parts, and blocks end with rows",
    async (recordBy) => {
      const layout: Layout = { ...small, type: "u1", recordBy, height: 9, width: 4096, channels: 960 };
      const raw = new Uint8Array(layout.height * layout.width * layout.channels);
      for (let i = 0; i < raw.length; i += 5) raw[i] = (i % 7) + 1;
      let longest = 0;
      const source = spied(bytesInMemory("large.raw", raw), (length) => {
        longest = Math.max(longest, length);
      });
      const { datasets } = await rplReader.open(bytesInMemory("large.rpl", text(layout), [source]));
      const { counts } = datasets[0]!;
      let next = 0;
      let entries = 0;
      for await (const block of counts.blocks()) {
        expect(block.firstPixel).toBe(next);
        expect(block.pixels % layout.width).toBe(0);
        next += block.pixels;
        entries += block.rowStart[block.pixels]!;
        const c = block.channel[0]!;
        const at =
          recordBy === "vector" ? block.firstPixel * layout.channels + c : c * layout.height * layout.width + block.firstPixel;
        expect(block.count[0]).toBe((at % 7) + 1);
      }
      expect(next).toBe(layout.height * layout.width);
      expect(entries).toBe(Math.ceil(raw.length / 5));
      expect(longest).toBeLessThan(raw.length / 2);
    },
  );
});

describe("parameters", () => {
  const lines = [
    "width\t2",
    "height\t2",
    "depth\t2",
    "offset\t0",
    "data-length\t1",
    "data-type\tunsigned",
    "byte-order\tdont-care",
    "record-by\tvector",
  ];
  const values = [1, 2, 3, 4, 5, 6, 7, 8];

  test.each([
    ["tabs", (line: string) => line],
    ["semicolons", (line: string) => line.replace("\t", ";")],
    ["spaces", (line: string) => line.replace("\t", "    ")],
    [
      "spaces around tabs, capitals and remarks",
      (line: string) => `  ${line.replace("\t", " \t ").toUpperCase()}\tmore ; remark`,
    ],
    ["colons in brackets, as INCA writes", (line: string) => `(MLX::${line.toUpperCase().replace("\t", " :")})`],
  ])("are read with %s", async (_, change) => {
    const file = [";remark", "", "key\tvalue", ...lines.map(change)].join("\r\n");
    const { datasets } = await rplReader.open(
      bytesInMemory("a.rpl", bytes(file), [bytesInMemory("A.RAW", Uint8Array.from(values))]),
    );
    expect(await denseValues(datasets[0]!.counts)).toEqual(values);
  });

  test.each([
    ["width\t2", "width\t-2", /field width.*"-2"/s],
    ["height\t2", "", /field height.*"nothing"/s],
    ["depth\t2", "depth\t99999999", /shorter than its parameters/],
    ["data-length\t1", "data-length\t3", /field data-length/],
    ["data-type\tunsigned", "data-type\tcomplex", /field data-type/],
    ["byte-order\tdont-care", "byte-order\tmiddle", /field byte-order/],
    ["record-by\tvector", "record-by\tdont-care", /field record-by/],
    ["width\t2", "width\t999999999999999", /shorter than its parameters/],
  ])("with %j as %j are refused by name", async (line, instead, message) => {
    const file = bytes(lines.map((each) => (each === line ? instead : each)).join("\n"));
    const opening = rplReader.open(bytesInMemory("a.rpl", file, [bytesInMemory("a.raw", Uint8Array.from(values))]));
    await expect(opening).rejects.toThrow(FormatError);
    await expect(opening).rejects.toThrow(message);
  });

  test("of energy in eV, as the original format and as HyperSpy state it, become keV", async () => {
    const axis = async (...more: string[]) => {
      const source = bytesInMemory("a.rpl", bytes([...lines, ...more].join("\n")), [
        bytesInMemory("a.raw", Uint8Array.from(values)),
      ]);
      const { scale, offset, units } = (await rplReader.open(source)).datasets[0]!.energyAxis;
      return [scale, offset, units];
    };
    expect(await axis("ev-per-chan\t10")).toEqual([0.01, undefined, "keV"]);
    expect(await axis("ev-per-chan\t10", "depth-origin\t-200")).toEqual([0.01, -0.2, "keV"]);
    expect(await axis("depth-scale\t10.5", "depth-origin\t-100", "depth-units\teV", "ev-per-chan\t10")).toEqual([
      0.0105,
      -0.1,
      "keV",
    ]);
    expect(await axis("depth-scale\t0.01", "depth-origin\t-0.1", "depth-units\tkeV", "ev-per-chan\t0")).toEqual([
      0.01,
      -0.1,
      "keV",
    ]);
    expect(await axis("depth-scale\t10.4", "depth-origin\t0", "ev-per-chan\t10")).toEqual([0.0104, 0, "keV"]);
    expect(await axis("depth-scale\t10", "depth-origin\t0", "depth-units\t<undefined>")).toEqual([10, 0, undefined]);
  });

  test.each([
    ["nm", 2.5e-3],
    ["µm", 2.5],
    ["mm", 2500],
    ["Å", 2.5e-4],
  ])("of length in %s become micrometres", async (units, expected) => {
    const file = [...lines, "width-scale\t2.5", "width-origin\t0", `width-units\t${units}`].join("\n");
    const latin1 = Uint8Array.from(file, (letter) => letter.charCodeAt(0));
    for (const text of [bytes(file), latin1]) {
      const { datasets } = await rplReader.open(bytesInMemory("a.rpl", text, [bytesInMemory("a.raw", Uint8Array.from(values))]));
      expect(datasets[0]!.navigationAxes[1]).toEqual({ name: "x", size: 2, offset: 0, scale: expected, units: "um" });
    }
  });

  test("and numbers lie in two files; one alone says what is missing", async () => {
    await expect(rplReader.open(bytesInMemory("a.rpl", bytes(lines.join("\n"))))).rejects.toThrow(/no a\.raw beside it/);
    await expect(rplReader.open(bytesInMemory("a.raw", Uint8Array.from(values)))).rejects.toThrow(/no a\.rpl beside it/);
  });

  test("that leave bytes over, or do not state the order of bytes, are reported", async () => {
    const file = lines.join("\n").replace("data-length\t1", "data-length\t2");
    const { datasets } = await rplReader.open(bytesInMemory("a.rpl", bytes(file), [bytesInMemory("a.raw", new Uint8Array(20))]));
    const codes = datasets[0]!.loadReport.findings.map(({ code }) => code);
    expect(codes).toContain("bytes-left-over");
    expect(codes).toContain("byte-order-not-stated");
  });
});

describe("damaged files", () => {
  test("give a result or a typed error", async () => {
    const layout: Layout = { ...small, type: "f4", height: 3, width: 4, channels: 6 };
    const raw = rawBytes(
      layout,
      Array.from({ length: 72 }, (_, i) => i % 5),
    );
    await expectSoundUnderDamage(rplFormat, "a.rpl", text(layout), {
      runs: 300,
      siblings: [bytesInMemory("a.raw", raw)],
      headerBytes: 400,
    });
    await expectSoundUnderDamage(rplFormat, "a.raw", raw, { runs: 200, siblings: [bytesInMemory("a.rpl", text(layout))] });
  });
});

const small: Layout = { type: "u2", littleEndian: true, recordBy: "vector", offset: 0, height: 2, width: 2, channels: 2 };

function text(layout: Layout): Uint8Array {
  const kinds = { u: "unsigned", i: "signed", f: "float" } as const;
  return bytes(
    [
      "key\tvalue",
      `width\t${layout.width}`,
      `height\t${layout.height}`,
      `depth\t${layout.channels}`,
      `offset\t${layout.offset}`,
      `data-type\t${kinds[layout.type[0] as "u" | "i" | "f"]}`,
      `data-length\t${layout.type[1]}`,
      `byte-order\t${layout.type.endsWith("1") ? "dont-care" : layout.littleEndian ? "little-endian" : "big-endian"}`,
      `record-by\t${layout.recordBy}`,
    ].join("\n"),
  );
}

/** The raw file of values given pixels x channels. */
function rawBytes(layout: Layout, values: readonly number[]): Uint8Array {
  const { type, littleEndian: le, channels } = layout;
  const size = Number(type[1]);
  const pixels = values.length / channels;
  const raw = new Uint8Array(layout.offset + values.length * size).fill(0xee, 0, layout.offset);
  const view = new DataView(raw.buffer);
  values.forEach((value, i) => {
    const place = layout.recordBy === "vector" ? i : (i % channels) * pixels + Math.floor(i / channels);
    const at = layout.offset + place * size;
    const put = {
      u1: () => view.setUint8(at, value),
      i1: () => view.setInt8(at, value),
      u2: () => view.setUint16(at, value, le),
      i2: () => view.setInt16(at, value, le),
      u4: () => view.setUint32(at, value, le),
      i4: () => view.setInt32(at, value, le),
      u8: () => view.setBigUint64(at, BigInt(value), le),
      i8: () => view.setBigInt64(at, BigInt(value), le),
      f4: () => view.setFloat32(at, value, le),
      f8: () => view.setFloat64(at, value, le),
    };
    put[type]();
  });
  return raw;
}

function read(layout: Layout, values: readonly number[]): Promise<SpectrumImage> {
  return open(layout, rawBytes(layout, values));
}

async function open(layout: Layout, raw: Uint8Array, as = (source: ByteSource) => source): Promise<SpectrumImage> {
  const { datasets } = await rplReader.open(bytesInMemory("a.rpl", text(layout), [as(bytesInMemory("a.raw", raw))]));
  return datasets[0]!;
}

function spied(source: ByteSource, seen: (length: number) => void): ByteSource {
  return {
    ...source,
    read(offset, length, signal) {
      seen(length);
      return source.read(offset, length, signal);
    },
  };
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
