/** Asks the engine about what is hovered, selected and in the energy window, once for all views. */
import { isSigmaError } from "@sigma-eds/core";
import type { Engine, PixelsSpectrum } from "../worker/engine-protocol.js";
import { windowCounts } from "./derived/net-window.js";
import { latestWins } from "./latest-wins.js";
import type { Linked } from "./linked.js";
import { type Change, type SharedValue, sharedValue } from "./shared-value.js";
import type { Answer, Answers } from "./view-session.js";

export type AskedEngine = Pick<Engine, "pixelSpectrum" | "spectrumOf" | "windowMap">;

/** `fail` gets what is no ordinary refusal, such as a question before anything is loaded. */
export function answersOf(linked: Linked, engine: AskedEngine, fail: (error: unknown) => void): Answers {
  const hovered = answered<PixelsSpectrum>();
  const selected = answered<PixelsSpectrum>();
  const windowMap = answered<Float32Array>();
  follow(linked.hover, hovered, fail, ({ value }) => (value.kind === "pixel" ? engine.pixelSpectrum(value.pixel) : undefined));
  follow(linked.selection, selected, fail, ({ value }) => (value.count > 0 ? engine.spectrumOf(value.mask) : undefined));
  follow(linked.energyWindow, windowMap, fail, ({ value }) => (value === undefined ? undefined : windowCounts(engine, value)));
  return { hovered, selected, windowMap };
}

function answered<T>(): SharedValue<Answer<T>> {
  return sharedValue<Answer<T>>({ of: 0, value: undefined });
}

function follow<V, T>(
  asked: SharedValue<V>,
  answer: SharedValue<Answer<T>>,
  fail: (error: unknown) => void,
  question: (change: Change<V>) => Promise<T> | undefined,
): void {
  const ask = latestWins(
    async (change: Change<V>) => question(change),
    (value, change) => answer.set({ of: change.sequence, value }, "engine", change.committed),
    (error) => {
      if (!isSigmaError(error)) fail(error);
    },
  );
  asked.subscribe(ask);
}
