import type { Format } from "../format.js";

/** Gatan DigitalMicrograph 3 and 4: spectra, spectrum images and pictures. */
export const dmFormat: Format = {
  id: "dm",
  name: "Gatan DigitalMicrograph",
  extensions: [".dm3", ".dm4"],
  detect(head) {
    if (head.length < 24) return "no";
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
    const version = view.getInt32(0);
    const order = version === 4 ? view.getInt32(12) : view.getInt32(8);
    const bytes = version === 4 ? Number(view.getBigInt64(4)) : view.getInt32(4);
    return (version === 3 || version === 4) && (order === 0 || order === 1) && bytes > 0 ? "yes" : "no";
  },
  reader: async () => ({ open: (await import("./read-dm.js")).openDm }),
};
