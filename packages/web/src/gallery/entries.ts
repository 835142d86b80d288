/** Every view and panel of the gallery: one line each. */
import type { GalleryEntry } from "./gallery-entry.js";
import { classesEntry, historyEntry, selectionEntry } from "./inspector-entries.js";
import { mapEntry } from "./map-entries.js";
import { spectrumEntry } from "./spectrum-entries.js";

export const galleryEntries: readonly GalleryEntry[] = [mapEntry, spectrumEntry, classesEntry, selectionEntry, historyEntry];
