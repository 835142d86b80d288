/** EMSA/MAS spectra (`.msa`, `.emsa`) as a format: one spectrum without navigation axes. */
import type { Format } from "../format.js";

export const msaFormat: Format = {
  id: "msa",
  name: "EMSA/MAS spectrum",
  extensions: [".msa", ".emsa"],
  detect(head) {
    const text = new TextDecoder("latin1").decode(head.subarray(0, 512)).toUpperCase();
    if (/^\s*#FORMAT\s*:\s*EMSA\/MAS/.test(text)) return "yes";
    return /^\s*#\w+\s*:/.test(text) && text.includes("#VERSION") ? "maybe" : "no";
  },
  reader: async () => ({
    open: async (source, options) => (await import("./msa-reader.js")).readMsa(source, options?.signal),
  }),
};
