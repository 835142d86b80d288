import type { Format } from "../format.js";

const ROOT_FILES = [".zmetadata", ".zgroup", ".zattrs"];

/** HyperSpy's Zarr files: a zip archive, or a folder that is opened by its `.zmetadata`. */
export const zspyFormat: Format = {
  id: "zspy",
  name: "HyperSpy Zarr",
  extensions: [".zspy", ".zmetadata", ".zgroup"],
  detect(head, fileName) {
    const text = new TextDecoder("latin1").decode(head);
    const name = fileName.toLowerCase();
    if (text.startsWith("PK\x03\x04")) {
      if (/\.z(group|attrs|array|metadata)\b/.test(text)) return "yes";
      return name.endsWith(".zspy") ? "maybe" : "no";
    }
    return /^\s*\{/.test(text) && /"zarr_(format|consolidated_format)"|"ZSpy"/.test(text) && ROOT_FILES.includes(name)
      ? "yes"
      : "no";
  },
  async reader() {
    const { openZspy } = await import("./zspy-reader.js");
    return { open: openZspy };
  },
};
