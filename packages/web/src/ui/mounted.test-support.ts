/** A place on the page for one component, anew for each test of a file. */
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach } from "vitest";

export interface Mounted {
  readonly box: HTMLDivElement;
  readonly root: Root;
}

/** Called once at the top of a file; what it gives holds in each test. */
export function mounted(): Mounted {
  const place = {} as { box: HTMLDivElement; root: Root };
  beforeEach(() => {
    place.box = document.createElement("div");
    document.body.append(place.box);
    place.root = createRoot(place.box);
  });
  afterEach(() => {
    place.root.unmount();
    place.box.remove();
  });
  return place;
}
