/** Every view and panel of the gallery: one line each. */
import type { GalleryEntry } from "./gallery-entry.js";
import { classesEntry, historyEntry, parametersEntry, selectionEntry } from "./inspector-entries.js";
import { latentEntry } from "./latent-entries.js";
import { mapEntry } from "./map-entries.js";
import { spectrumEntry } from "./spectrum-entries.js";

export const galleryEntries: readonly GalleryEntry[] = [
  mapEntry,
  latentEntry,
  spectrumEntry,
  classesEntry,
  selectionEntry,
  historyEntry,
];
