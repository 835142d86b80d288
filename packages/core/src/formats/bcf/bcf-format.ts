import type { Format } from "../format.js";

const signature = "AAMVHFSS";

/** Bruker Esprit hypermaps, by the signature of their container. The reader refuses containers of other programs. */
export const bcfFormat: Format = {
  id: "bcf",
  name: "Bruker Esprit hypermap",
  extensions: [".bcf"],
  detect(head) {
    for (let i = 0; i < signature.length; i++) if (head[i] !== signature.charCodeAt(i)) return "no";
    return "yes";
  },
  async reader() {
    return (await import("./bcf-reader.js")).bcfReader;
  },
};
