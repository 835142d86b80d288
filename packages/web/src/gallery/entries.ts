/** Every view and panel of the gallery: one line each. */
import type { GalleryEntry } from "./gallery-entry.js";
import { mapEntry } from "./map-entries.js";
import { spectrumEntry } from "./spectrum-entries.js";

export const galleryEntries: readonly GalleryEntry[] = [mapEntry, spectrumEntry];
