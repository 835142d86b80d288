/** Names beside the classes that they name, none on another. Pure layout in pixels of the screen. */

export interface NameRequest {
  readonly text: string;
  readonly width: number;
  /** The middle of what is named. */
  readonly x: number;
  readonly y: number;
  /** How far above its middle the name would best stand. */
  readonly lift: number;
}

export interface PlacedName {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export const NAME_HEIGHT = 16;
const EDGE = 6;
const STEP = 4;
const FARTHEST = 40;

/**
 * Puts each name above its place, or the nearest free height above or below; names come in their order, so that put the important first. A name for which
 * there is no room within reach is left out.
 */
export function layOutNames(
  requests: readonly NameRequest[],
  view: { readonly width: number; readonly height: number },
): PlacedName[] {
  const placed: (PlacedName & { readonly width: number })[] = [];
  for (const { text, width, x: wantedX, y, lift } of requests) {
    if (wantedX < 0 || y < 0 || wantedX > view.width || y > view.height) continue;
    const x = Math.min(view.width - width / 2 - EDGE, Math.max(width / 2 + EDGE, wantedX));
    const isFree = (at: number): boolean =>
      at >= NAME_HEIGHT / 2 + 2 &&
      at <= view.height - NAME_HEIGHT / 2 - 2 &&
      placed.every((other) => Math.abs(other.y - at) >= NAME_HEIGHT || Math.abs(other.x - x) >= (other.width + width) / 2 + EDGE);
    const free = heights(y, lift).find(isFree);
    if (free !== undefined) placed.push({ text, x, y: free, width });
  }
  return placed.map(({ text, x, y }) => ({ text, x, y }));
}

function heights(y: number, lift: number): number[] {
  const tried = [y - lift, y + lift];
  for (let step = STEP; step <= FARTHEST; step += STEP) tried.push(y - lift - step, y + lift + step, y - lift + step);
  return tried;
}
