/** Where a card goes that needs more room than the view that it belongs to. */

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** CSS pixels between card, view and edges of the window. */
const GAP = 8;

/**
 * Above the view, at its right end, so that what it shows stays in sight; where there is no room above, over it, from its top down as far as the window reaches. Always within the window, whose upper
 * left corner it keeps where it is larger than that.
 */
export function placeBeside(view: Box, card: Size, window: Size): { readonly left: number; readonly top: number } {
  const above = view.top - GAP - card.height;
  const over = Math.min(view.top + GAP, window.height - GAP - card.height);
  return {
    left: Math.max(GAP, Math.min(view.right, window.width) - GAP - card.width),
    top: Math.max(GAP, above >= GAP ? above : over),
  };
}
