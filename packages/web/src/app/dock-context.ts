import type { DockviewApi } from "dockview-react";
import { createContext, type Dispatch, type SetStateAction, useContext } from "react";

/** The workspace's views, for what stands outside it. */
export interface Dock {
  /** Undefined while no workspace is shown. */
  readonly api: DockviewApi | undefined;
  readonly setApi: Dispatch<SetStateAction<DockviewApi | undefined>>;
}

export const DockContext = createContext<Dock>({ api: undefined, setApi: () => {} });

export function useDock(): Dock {
  return useContext(DockContext);
}
