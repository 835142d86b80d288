/** What the arrangement lends to the view that it holds, so that the view's own header is what is dragged, maximised and closed. */
import { createContext, type DragEvent, useContext } from "react";

export interface ViewChrome {
  readonly maximised: boolean;
  toggleMaximised(): void;
  /** Undefined where the view cannot be closed. */
  readonly close: (() => void) | undefined;
  /** Undefined where the view cannot be moved. */
  readonly startDrag: ((event: DragEvent) => void) | undefined;
  readonly endDrag: (() => void) | undefined;
}

export const ViewChromeContext = createContext<ViewChrome | undefined>(undefined);

/** Undefined where a view stands alone, as in the gallery. */
export function useViewChrome(): ViewChrome | undefined {
  return useContext(ViewChromeContext);
}
