import type { Format } from "../format.js";
import { detectHdf5 } from "../hdf5/detect-hdf5.js";

/** Electron Microscopy Data: files of Thermo Fisher's Velox, and of the Berkeley (NCEM) format of the same name. */
export const emdFormat: Format = {
  id: "emd",
  name: "EMD of Velox and Berkeley",
  extensions: [".emd"],
  choices: ["detectors", "frames"],
  detect: (head, fileName) => detectHdf5("emd", head, fileName),
  async reader() {
    const { openHdf5Dialect } = await import("../hdf5/dialects.js");
    return { open: openHdf5Dialect };
  },
};
