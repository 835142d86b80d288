/** What every pixel is explained by. */

/** Stands for "no component". */
export const NOBODY = 255;

export interface Explanation {
  /** Component with the larger share: uint8 [pixels], {@link NOBODY} outside. */
  readonly first: Uint8Array;
  /** The other, {@link NOBODY} when one is enough. */
  readonly second: Uint8Array;
  /** Share of `first`, 0.5 to 1: float32 [pixels]. */
  readonly fraction: Float32Array;
  /** Squared distance in the space that is left: float32 [pixels]. */
  readonly misfit: Float32Array;
  /** 2 where noise does not tell the pixel from its first component, 1 where that has a share of at least 0.9, else 0: uint8 [pixels]. */
  readonly pure: Uint8Array;
}
