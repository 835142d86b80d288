import type { Format } from "../format.js";

const MAP_TAG = "MAPSPECTRA_DATA";

/** EDAX Genesis and TEAM: `.spc` spectra; `.spd` maps and `.lsd` lines with their `.spc` (energies) and `.ipr` or `.csv` (positions). */
export const edaxFormat: Format = {
  id: "edax",
  name: "EDAX spectrum or map",
  extensions: [".spc", ".spd", ".lsd"],
  detect(head, fileName) {
    const start = String.fromCharCode(...head.subarray(0, MAP_TAG.length));
    if (start === MAP_TAG) return "yes";
    if (/\.lsd$/i.test(fileName) && start.trim() !== "") return "maybe";
    return looksLikeSpectrum(head) ? "yes" : "no";
  },
  reader: async () => ({ open: (await import("./read-edax.js")).openEdax }),
};

/** Spectra have no tag: the version is a float between 0.5 and 1, and the counts begin after the fixed header of 3,840 bytes. */
function looksLikeSpectrum(head: Uint8Array): boolean {
  if (head.length < 36) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = view.getFloat32(0, true);
  const channels = view.getInt16(32, true);
  return version >= 0.5 && version < 1 && view.getInt32(28, true) === 3840 && channels > 0 && channels <= 4096;
}
