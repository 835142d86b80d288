import type { Format } from "../format.js";

const SER = [0x49, 0x49, 0x97, 0x01];
const EMI = [0x4a, 0x4b, 0x00, 0x02];

/** FEI / Thermo Fisher TIA: `.ser` (data) and `.emi` (metadata of one or several `.ser`). */
export const tiaFormat: Format = {
  id: "tia",
  name: "FEI/Thermo Fisher TIA",
  extensions: [".emi", ".ser"],
  detect(head, fileName) {
    if (SER.every((byte, i) => head[i] === byte)) return "yes";
    if (!EMI.every((byte, i) => head[i] === byte)) return "no";
    return fileName.toLowerCase().endsWith(".emi") ? "yes" : "maybe";
  },
  reader: async () => ({ open: (await import("./read-tia.js")).openTia }),
};
