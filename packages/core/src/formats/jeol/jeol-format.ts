import type { Format } from "../format.js";

/** JEOL Analysis Station: `.pts` maps, `.eds` spectra, `.img` and `.map` images, and the `.ASW` project that lists them. */
export const jeolFormat: Format = {
  id: "jeol",
  name: "JEOL Analysis Station",
  extensions: [".pts", ".eds", ".img", ".map", ".asw"],
  detect(head, fileName) {
    return kindOf(head) !== undefined && (kindOf(head) !== "eds" || /\.eds$/i.test(fileName)) ? "yes" : "no";
  },
  reader: async () => ({ open: (await import("./read-jeol.js")).openJeol }),
};

export type JeolKind = "pts" | "eds" | "image" | "project";

/** Which of the files it is, by its first bytes. */
export function kindOf(head: Uint8Array): JeolKind | undefined {
  if (head.length < 64) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  const magic = view.getUint32(0, true);
  if (magic === 304 && text(4, 12) === "PTTDFILE") return "pts";
  if (magic === 52 && text(4, 9) === "JED-2") return "image";
  if (magic === 0 && text(12, 64).includes("FileType")) return "project";
  return magic === 2 && view.getUint32(4, true) === 2 ? "eds" : undefined;
}
