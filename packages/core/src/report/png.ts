/** PNG pictures: grey, grey with alpha, RGB or RGBA, 8 or 16 bits. */
import { encode } from "fast-png";
import { ShapeError } from "../errors.js";

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Row-major, channels interleaved, first row at the top. Uint8 makes an 8-bit picture, uint16 a 16-bit one. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
}

/** The bytes of a PNG file; the same picture gives the same bytes everywhere. Throws {@link ShapeError} when the data do not fit the size. */
export function encodePng({ width, height, data, channels }: Picture): Uint8Array {
  if (width < 1 || height < 1 || data.length !== width * height * channels) {
    throw new ShapeError("The picture does not have width x height x channels values.", {
      found: `${data.length} values`,
      expected: `${width} x ${height} x ${channels}`,
    });
  }
  const depth = data instanceof Uint16Array ? 16 : 8;
  return encode({ width, height, data, channels, depth }, { zlib: { level: 6 } });
}

/** A picture of at most 256 colours: one index a pixel. Smaller by far than RGB for maps. */
export interface IndexedPicture {
  readonly width: number;
  readonly height: number;
  /** Row-major, first row at the top. */
  readonly indices: Uint8Array;
  /** RGB interleaved, at most 256 colours; indices must lie within. */
  readonly palette: Uint8Array;
}

/** The bytes of an indexed PNG file. Throws {@link ShapeError} when the indices do not fit the size. */
export function encodeIndexedPng({ width, height, indices, palette }: IndexedPicture): Uint8Array {
  if (width < 1 || height < 1 || indices.length !== width * height) {
    throw new ShapeError("The picture does not have width x height values.", {
      found: `${indices.length}`,
      expected: `${width} x ${height}`,
    });
  }
  const colours = Array.from({ length: palette.length / 3 }, (_, i) => [...palette.subarray(3 * i, 3 * i + 3)]);
  return encode({ width, height, data: indices, channels: 1, depth: 8, palette: colours }, { zlib: { level: 6 } });
}

/** PNG bytes as a `data:` address, for SVG and HTML without other files. */
export function dataUri(png: Uint8Array): string {
  return `data:image/png;base64,${base64(png)}`;
}

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Base64 of RFC 4648, with padding. */
export function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const present = Math.min(3, bytes.length - i);
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const first = DIGITS[group >> 18]! + DIGITS[(group >> 12) & 63]!;
    pieces.push(first + (present > 1 ? DIGITS[(group >> 6) & 63]! : "=") + (present > 2 ? DIGITS[group & 63]! : "="));
  }
  return pieces.join("");
}
