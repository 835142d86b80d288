/** A value that views share outside React: hovering and dragging change it at every frame, and canvases read it when they draw. */

export interface Change<T> {
  readonly value: T;
  /** Who changed it, for example `map`; a view ignores what it sent itself. */
  readonly source: string;
  /** Rises with every change of this value; an answer to an older one is thrown away. */
  readonly sequence: number;
  /** False while the user is still dragging: draw it as a preview, keep no record of it. */
  readonly committed: boolean;
}

export interface SharedValue<T> {
  /** The last change; its identity differs exactly when something changed (fit for `useSyncExternalStore`). */
  readonly current: Change<T>;
  set(value: T, source: string, committed?: boolean): void;
  /** Calls back at every change; gives the way to stop. */
  subscribe(listener: (change: Change<T>) => void): () => void;
}

export function sharedValue<T>(start: T): SharedValue<T> {
  let current: Change<T> = { value: start, source: "start", sequence: 0, committed: true };
  const listeners = new Set<(change: Change<T>) => void>();
  return {
    get current() {
      return current;
    },
    set(value, source, committed = true) {
      current = { value, source, sequence: current.sequence + 1, committed };
      for (const listener of [...listeners]) listener(current);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
