import type { Format } from "../format.js";
import { isTiff } from "../tiff/is-tiff.js";

export type ImageKind = "tiff" | "png" | "jpeg" | "bmp" | "npy" | "npz" | "text";

/** Pictures and arrays: element maps and electron images without spectra; cubes in `.npy` and `.npz`. */
export const imagesFormat: Format = {
  id: "images",
  name: "Images and arrays",
  extensions: [".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".npy", ".npz", ".csv", ".tsv", ".txt"],
  detect(head, fileName) {
    const kind = imageKind(head, fileName);
    if (kind === undefined) return "no";
    return kind === "text" ? "maybe" : "yes";
  },
  reader: async () => ({ open: (await import("./read-images.js")).openImages }),
};

/** Which of them it is: by content; a table of numbers also by its extension. */
export function imageKind(head: Uint8Array, fileName: string): ImageKind | undefined {
  const starts = (text: string, at = 0) =>
    Array.from(text, (letter) => letter.charCodeAt(0)).every((byte, i) => head[at + i] === byte);
  if (isTiff(head)) return "tiff";
  if (starts("\x89PNG\r\n\x1a\n") && starts("IHDR", 12)) return "png";
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "jpeg";
  if (starts("BM") && /\.bmp$/i.test(fileName)) return "bmp";
  if (starts("\x93NUMPY")) return "npy";
  if (starts("PK\x03\x04") && namesArray(head)) return "npz";
  return /\.(csv|tsv|txt)$/i.test(fileName) && looksLikeTable(head) ? "text" : undefined;
}

/** The first entry of the zip file is an array. */
function namesArray(head: Uint8Array): boolean {
  const length = (head[26] ?? 0) + 256 * (head[27] ?? 0);
  return String.fromCharCode(...head.subarray(30, 30 + Math.min(length, 512))).endsWith(".npy");
}

/** At least one whole line has two or more numbers and nothing else. */
function looksLikeTable(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  const lines = new TextDecoder("latin1").decode(head).split(/\r?\n/);
  return lines.some((line) => /^\s*["']?[-+.\d][-+.,\deE"']*(\s*[,;\t ]\s*["']?[-+.\d][-+.,\deE"']*)+\s*[,;]?\s*$/.test(line));
}
