import { UnsupportedError } from "../../errors.js";
import type { ByteSource } from "../../spectrum-image/byte-source.js";
import type { NavigationImage } from "../../spectrum-image/spectrum-image.js";
import { decodeElements, type Elements, elementSize, imageData } from "../binary/element-type.js";
import type { SerElement, SerHeader } from "./ser-header.js";

const MOST_IMAGES = 64;
const MOST_BYTES = 64 * 1024 * 1024;
/** A pixel of an image is far below a millimetre, one of a diffraction pattern far above one per metre. */
const LARGEST_PIXEL_M = 1e-3;

/** Images of a `.ser` file, first row at the top. Throws UnsupportedError for long series (diffraction maps), which nothing here uses. */
export async function imagesOfSer(
  source: ByteSource,
  header: SerHeader,
  element: SerElement,
  signal?: AbortSignal,
): Promise<NavigationImage[]> {
  const [width = 0, height = 0] = element.sizes;
  const bytes = width * height * elementSize(element.type);
  if (header.valid > MOST_IMAGES || header.valid * bytes > MOST_BYTES) {
    throw new UnsupportedError("The file holds a long series of images and no spectra.", {
      where: source.name,
      found: `${header.valid} images of ${width} x ${height}`,
      expected: `spectra, or at most ${MOST_IMAGES} images of ${MOST_BYTES} bytes together`,
    });
  }
  const [x, y] = element.calibrations;
  const real = x !== undefined && y !== undefined && isPixel(x.delta) && isPixel(y.delta);
  const title = source.name.replace(/\.ser$/i, "");
  const images: NavigationImage[] = [];
  for (const [i, offset] of header.dataOffsets.entries()) {
    const raw = await source.read(offset + element.headerBytes, bytes, signal);
    images.push({
      name: header.valid === 1 ? title : `${title} ${i + 1}/${header.valid}`,
      width,
      height,
      data: imageData(upsideDown(decodeElements(raw, element.type), width, height)),
      pixelSizeUm: real ? [Math.abs(x.delta) * 1e6, Math.abs(y.delta) * 1e6] : undefined,
    });
  }
  return images;
}

function isPixel(metres: number): boolean {
  return metres !== 0 && Math.abs(metres) < LARGEST_PIXEL_M;
}

function upsideDown(elements: Elements, width: number, height: number): Elements {
  const turned = elements.slice();
  for (let y = 0; y < height; y++) turned.set(elements.subarray(y * width, (y + 1) * width), (height - 1 - y) * width);
  return turned;
}
