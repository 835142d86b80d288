import { type RefObject, useEffect, useRef } from "react";

/** The row that has the focus may go, with its class: then the row in its place has it, so that keys still work there. Rows have `data-class`. */
export function useKeptFocus(grid: RefObject<HTMLElement | null>, rows: readonly { readonly id: number }[]) {
  const focused = useRef<{ readonly id: number; readonly index: number }>(undefined);
  const latest = useRef(rows);
  latest.current = rows;

  useEffect(() => {
    const { id, index } = focused.current ?? {};
    if (id === undefined || rows.some((row) => row.id === id) || document.activeElement !== document.body) return;
    const elements = grid.current?.querySelectorAll<HTMLElement>("[data-class]") ?? [];
    elements[Math.min(index ?? 0, elements.length - 1)]?.focus();
  }, [grid, rows]);

  return {
    onFocus({ target }: { readonly target: Element }) {
      const id = Number(target.closest<HTMLElement>("[data-class]")?.dataset["class"] ?? Number.NaN);
      const index = latest.current.findIndex((row) => row.id === id);
      focused.current = index < 0 ? undefined : { id, index };
    },
    onBlur({ target }: { readonly target: Element }) {
      // A row that is taken away loses the focus too; that is told from leaving it by whether it is still there afterwards.
      const left = focused.current;
      queueMicrotask(() => {
        const hasLeft = target.isConnected && document.activeElement !== target;
        if (hasLeft && focused.current === left) focused.current = undefined;
      });
    },
  };
}
