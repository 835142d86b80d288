/** Every view and panel of the gallery: one line each. */
import type { GalleryEntry } from "./gallery-entry.js";
import { spectrumEntry } from "./spectrum-entries.js";

export const galleryEntries: readonly GalleryEntry[] = [spectrumEntry];
