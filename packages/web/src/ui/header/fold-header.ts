/** Nothing in a header is sliced: what does not fit is folded away, and stands in the view's menu. */
import { type RefObject, useEffect } from "react";

/** Folds what does not fit, and unfolds what does. Everything in the header keeps its own width. */
export function foldHeader(header: HTMLElement): void {
  const parts = [...header.querySelectorAll<HTMLElement>("[data-part]")];
  for (const part of parts) delete part.dataset["folded"];
  for (const part of inFoldingOrder(parts)) {
    if (fits(header)) return;
    part.dataset["folded"] = "";
  }
}

/** What goes first stands first. A mark on what is around several parts holds for them all. */
export function inFoldingOrder<T extends { readonly dataset: DOMStringMap; closest(selector: string): Element | null }>(
  parts: readonly T[],
): T[] {
  return parts.map((part, place) => ({ part, place, rank: rankOf(part) })).sort((a, b) => a.rank - b.rank || b.place - a.place).map(({ part }) => part); // biome-ignore format: one chain
}

function rankOf(part: { readonly dataset: DOMStringMap; closest(selector: string): Element | null }): number {
  const around = part.closest("[data-folds-all]");
  return Number(around === null ? part.dataset["folds"] : (around as HTMLElement).dataset["foldsAll"]);
}

function fits(header: HTMLElement): boolean {
  return [header, ...header.children].every(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth);
}

/** Folds whenever the room or what stands in it changes. */
export function useFoldedHeader(header: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const { current } = header;
    if (current === null) return undefined;
    const fold = (): void => foldHeader(current);
    const size = new ResizeObserver(fold);
    size.observe(current);
    const content = new MutationObserver(fold);
    content.observe(current, { childList: true, characterData: true, subtree: true });
    document.fonts.addEventListener("loadingdone", fold);
    return () => {
      size.disconnect();
      content.disconnect();
      document.fonts.removeEventListener("loadingdone", fold);
    };
  }, [header]);
}
