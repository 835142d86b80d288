import type { ReactNode } from "react";
import type { ExampleData } from "./example-data.js";

/** What a state of the gallery is drawn with. */
export interface GalleryContext {
  readonly data: ExampleData;
  readonly theme: "dark" | "light";
}

export interface GalleryState {
  /** `selection`, `nothing open` */
  readonly name: string;
  render(context: GalleryContext): ReactNode;
}

/** A view or panel of the gallery, in each of its states. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** Room it is drawn in, CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly states: readonly GalleryState[];
}
