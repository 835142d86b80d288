import type { Format } from "../format.js";
import { detectHdf5, PLAIN_HDF5_EXTENSIONS } from "../hdf5/detect-hdf5.js";

/** HyperSpy's HDF5 files, of every version since 1.0. */
export const hspyFormat: Format = {
  id: "hspy",
  name: "HyperSpy HDF5",
  extensions: [".hspy", ...PLAIN_HDF5_EXTENSIONS],
  detect: (head, fileName) => detectHdf5("hspy", head, fileName),
  async reader() {
    const { openHdf5Dialect } = await import("../hdf5/dialects.js");
    return { open: openHdf5Dialect };
  },
};
