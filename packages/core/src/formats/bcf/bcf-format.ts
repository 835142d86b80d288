import type { Format } from "../format.js";

const signature = "AAMVHFSS";

/** Bruker Esprit hypermaps. The container has a signature; other programs use it too, so the extension decides how sure we are. */
export const bcfFormat: Format = {
  id: "bcf",
  name: "Bruker Esprit hypermap",
  extensions: [".bcf"],
  detect(head, fileName) {
    for (let i = 0; i < signature.length; i++) if (head[i] !== signature.charCodeAt(i)) return "no";
    return fileName.toLowerCase().endsWith(".bcf") ? "yes" : "maybe";
  },
  async reader() {
    return (await import("./bcf-reader.js")).bcfReader;
  },
};
