/** Heights of the charts of the stack, CSS pixels. */

export interface StackHeights {
  readonly lane: number;
  readonly fit: number;
  /** With the energies below it. */
  readonly residual: number;
}

/** Between charts, and below the last. */
const GAP = 2;
const LEAST = { lane: 26, fit: 44, residual: 58 } as const;
/** The fit and its residual, beside a lane of 1. */
const WEIGHTS = { fit: 1.3, residual: 1.4 } as const;

/** Heights with which `lanes` charts, the fit and the residual fill a view of `height`; the least ones where it is smaller or not known yet: then the view scrolls. */
export function stackHeights(height: number | undefined, lanes: number): StackHeights {
  const room = (height ?? 0) - GAP * (lanes + 2);
  const part = room / (lanes + WEIGHTS.fit + WEIGHTS.residual);
  const fit = Math.max(LEAST.fit, Math.floor(WEIGHTS.fit * part));
  const residual = Math.max(LEAST.residual, Math.floor(WEIGHTS.residual * part));
  return { lane: Math.max(LEAST.lane, Math.floor((room - fit - residual) / Math.max(1, lanes))), fit, residual };
}
