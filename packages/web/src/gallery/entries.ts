/** Every view and panel of the gallery: one line each. */
import { calibrationEntries } from "./calibration-entries.js";
import { chartEntries } from "./chart-entries.js";
import type { GalleryEntry } from "./gallery-entry.js";
import { gateEntry } from "./gate-entries.js";
import { identifyEntries } from "./identify-entries.js";
import { inspectorEntries } from "./inspector-entries.js";
import { latentEntry } from "./latent-entries.js";
import { mapEntry } from "./map-entries.js";
import { spectrumEntry } from "./spectrum-entries.js";
import { abundancesEntry, elementsEntry } from "./tile-entries.js";

export const galleryEntries: readonly GalleryEntry[] = [
  mapEntry,
  latentEntry,
  gateEntry,
  elementsEntry,
  abundancesEntry,
  spectrumEntry,
  ...inspectorEntries,
  ...identifyEntries,
  ...calibrationEntries,
  ...chartEntries,
];
