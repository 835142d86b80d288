import type { Format } from "../format.js";

/** Bruker spectra as Esprit saves them: one XML document with one or several spectra. */
export const spxFormat: Format = {
  id: "spx",
  name: "Bruker spectrum",
  extensions: [".spx"],
  detect(head) {
    const text = new TextDecoder("latin1").decode(head).replaceAll("\0", "");
    return /<TRTSpectrum\s*>/.test(text) || /<ClassInstance\s[^>]*Type="TRTSpectrum"/.test(text) ? "yes" : "no";
  },
  reader: async () => ({ open: (await import("./read-spx.js")).openSpx }),
};
