import type { Format } from "../format.js";
import { detectHdf5 } from "../hdf5/detect-hdf5.js";

/** Oxford Instruments NanoAnalysis' HDF5 files, as AZtec exports them. */
export const h5oinaFormat: Format = {
  id: "h5oina",
  name: "Oxford Instruments H5OINA",
  extensions: [".h5oina"],
  detect: (head, fileName) => detectHdf5("h5oina", head, fileName),
  async reader() {
    const { openHdf5Dialect } = await import("../hdf5/dialects.js");
    return { open: openHdf5Dialect };
  },
};
