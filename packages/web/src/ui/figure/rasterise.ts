/** Figures as pixels: the browser draws the SVG at the size in pixels, on white. */
import { pngWithResolution, UnsupportedError } from "@sigma-eds/core";
import { pixelsAt, rgbTiff, svgSize } from "./picture-files.js";

/** Canvases beyond this many pixels fail silently in some browsers. */
const MOST_PIXELS = 120_000_000;

/** Throws {@link UnsupportedError} for a picture larger than browsers can draw. */
export async function rasterised(svg: string, widthMm: number, dpi: number, format: "png" | "tiff"): Promise<Uint8Array> {
  const { width, height } = svgSize(svg);
  const across = pixelsAt(widthMm, dpi);
  const down = Math.max(1, Math.round((across * height) / width));
  const canvas = document.createElement("canvas");
  const context = across * down <= MOST_PIXELS ? canvas.getContext("2d") : null;
  if (context === null) {
    throw new UnsupportedError("The picture is too large for this browser.", {
      where: "figure",
      found: `${across} x ${down} pixels`,
      remedy: "Choose fewer dots per inch, or SVG.",
    });
  }
  canvas.width = across;
  canvas.height = down;
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, across, down);
  context.imageSmoothingEnabled = false;
  context.drawImage(picture, 0, 0, across, down);
  if (format === "tiff") return rgbTiff(across, down, context.getImageData(0, 0, across, down).data, dpi);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return blob === null ? new Uint8Array() : pngWithResolution(new Uint8Array(await blob.arrayBuffer()), dpi);
}
