/** Drawings take turns: together they would hold up the page, so that each animation frame has as many of them as fit into it. */

/** Milliseconds of a frame after which the drawings that are left wait for the next. */
const FRAME_MS = 20;

const waiting: (() => void)[] = [];
let frame = 0;

/** Draws in the next animation frame, or in one soon after it, first come, first served. Gives the way to call it off. */
export function drawSoon(draw: () => void): () => void {
  // An entry of its own, so that the same drawing may stand here twice.
  const turn = (): void => draw();
  waiting.push(turn);
  if (frame === 0) frame = requestAnimationFrame(takeTurns);
  return () => {
    const at = waiting.indexOf(turn);
    if (at >= 0) waiting.splice(at, 1);
  };
}

/** A drawing that is drawn once however often it was asked for meanwhile. */
export interface Redrawing {
  ask(): void;
  /** Calls off what was asked for. */
  stop(): void;
}

export function redrawing(draw: () => void): Redrawing {
  let callOff: (() => void) | undefined;
  return {
    ask() {
      callOff ??= drawSoon(() => {
        callOff = undefined;
        draw();
      });
    },
    stop() {
      callOff?.();
      callOff = undefined;
    },
  };
}

function takeTurns(): void {
  frame = 0;
  const began = performance.now();
  try {
    do waiting.shift()?.();
    while (waiting.length > 0 && performance.now() - began < FRAME_MS);
  } finally {
    if (waiting.length > 0) frame = requestAnimationFrame(takeTurns);
  }
}
