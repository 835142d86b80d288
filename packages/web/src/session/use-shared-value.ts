import { useCallback, useSyncExternalStore } from "react";
import type { Change, SharedValue } from "./shared-value.js";

/** The last change of a shared value, for things that change on click. What changes at every frame is read by canvases instead. */
export function useSharedValue<T>(shared: SharedValue<T>): Change<T> {
  const subscribe = useCallback((listener: () => void) => shared.subscribe(listener), [shared]);
  return useSyncExternalStore(subscribe, () => shared.current);
}
