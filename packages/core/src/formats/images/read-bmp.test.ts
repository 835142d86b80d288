import { describe, expect, test } from "vitest";
import { FormatError, UnsupportedError } from "../../errors.js";
import { bytesInMemory } from "../../spectrum-image/byte-source.js";
import { expectSoundUnderDamage } from "../damaged-files.test-support.js";
import { openFile } from "../registry.js";
import { imagesFormat } from "./images-format.js";
import { writeBmp } from "./write-bmp.test-support.js";

const open = async (bytes: Uint8Array) => openFile(bytesInMemory("BSE.bmp", bytes));

describe("bitmaps", () => {
  test.each([1, 4, 8] as const)("of %i bits with a grey palette are read row by row, from the top", async (bits) => {
    const pixels = Array.from({ length: 15 }, (_, i) => (i * 7) % 2 ** bits);
    for (const topDown of [false, true]) {
      const { images, findings } = await open(writeBmp({ width: 5, height: 3, bits, pixels, topDown }));
      expect(images).toMatchObject([{ name: "BSE", width: 5, height: 3 }]);
      expect(Array.from(images[0]!.data)).toEqual(pixels);
      expect(findings).toEqual([]);
    }
  });

  test.each([24, 32] as const)("of %i bits give the strongest colour, and say so where there are colours", async (bits) => {
    const pixels = [
      [1, 2, 3],
      [9, 5, 5],
      [7, 7, 7],
    ] as const;
    const { images, findings } = await open(writeBmp({ width: 3, height: 1, bits, pixels }));
    expect(Array.from(images[0]!.data)).toEqual([3, 9, 7]);
    expect(findings!.map(({ code }) => code)).toEqual(["colours"]);
    const grey = await open(writeBmp({ width: 1, height: 1, bits, pixels: [[7, 7, 7]] }));
    expect(grey.findings).toEqual([]);
  });

  test("may have a short palette, whose colours are looked up", async () => {
    const bytes = writeBmp({
      width: 3,
      height: 1,
      bits: 8,
      pixels: [1, 0, 1],
      palette: [
        [10, 10, 10],
        [0, 0, 200],
      ],
    });
    expect(Array.from((await open(bytes)).images[0]!.data)).toEqual([200, 10, 200]);
    const beyond = writeBmp({
      width: 1,
      height: 1,
      bits: 8,
      pixels: [2],
      palette: [
        [1, 1, 1],
        [2, 2, 2],
      ],
    });
    await expect(open(beyond)).rejects.toThrow(/palette lacks/);
  });

  test("that are compressed, cut or too large are refused by name", async () => {
    const sound = writeBmp({ width: 4, height: 4, bits: 8, pixels: Array.from({ length: 16 }, () => 1) });
    const compressed = sound.slice();
    compressed[30] = 1;
    await expect(open(compressed)).rejects.toThrow(UnsupportedError);
    await expect(open(sound.slice(0, -1))).rejects.toThrow(FormatError);
    const huge = sound.slice();
    huge.set([0xff, 0xff, 0xff, 0x7f], 18);
    await expect(open(huge)).rejects.toThrow(/does not fit/);
  });

  test("that are damaged give a picture or a typed error", async () => {
    const bytes = writeBmp({ width: 9, height: 5, bits: 8, pixels: Array.from({ length: 45 }, (_, i) => i) });
    await expectSoundUnderDamage(imagesFormat, "BSE.bmp", bytes, { headerBytes: 54 });
  });
});
