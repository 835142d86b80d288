import type { Format } from "../format.js";

/** First block of a bzip2 stream. */
const BZIP2_BLOCK = [0x31, 0x41, 0x59, 0x26, 0x53, 0x59];

/** Thermo Fisher Phenom ProSuite, Element Identification. */
export const phenomFormat: Format = {
  id: "phenom",
  name: "Phenom Element Identification",
  extensions: [".elid"],
  detect(head, fileName) {
    const elid = /\.elid$/i.test(fileName);
    const bzip2 = head[0] === 0x42 && head[1] === 0x5a && BZIP2_BLOCK.every((byte, i) => head[4 + i] === byte);
    if (bzip2) return elid ? "yes" : "maybe";
    return elid && head[0] === 0x1f && head[1] === 0x8b ? "yes" : "no";
  },
  reader: async () => ({ open: (await import("./read-elid.js")).openElid }),
};
