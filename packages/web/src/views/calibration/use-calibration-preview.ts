import { type CalibrateEntry, type CalibrationPreview, canonicalJson, isSigmaError } from "@sigma-eds/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { latestWins } from "../../session/latest-wins.js";
import type { ViewSession } from "../../session/view-session.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";

interface Question {
  readonly image: LoadedImage;
  readonly entry: CalibrateEntry | undefined;
}

export interface Previewed {
  readonly preview: CalibrationPreview | undefined;
  /** One sentence, where there can be no answer. */
  readonly failure: string | undefined;
  /** The answer is of a question before. */
  readonly isLate: boolean;
}

const PLAIN = { step: "calibrate" };

/** What a calibration would do to the image, asked of the worker; the answer before stays until the next is there. */
export function useCalibrationPreview(session: ViewSession, entry: CalibrateEntry | undefined): Previewed {
  const { image, engine } = session;
  const [answered, setAnswered] = useState<Omit<Previewed, "isLate"> & { readonly to: Question | undefined }>({
    ...{ preview: undefined, failure: undefined, to: undefined },
  });
  const newest = useRef(engine);
  newest.current = engine;
  const ask = useRef<(question: Question) => void>(undefined);
  ask.current ??= latestWins<Question, CalibrationPreview>(
    (question) => newest.current.calibrationPreview(question.entry ?? PLAIN),
    (preview, to) => setAnswered({ preview, failure: undefined, to }),
    (error) => setAnswered(({ preview, to }) => ({ preview, to, failure: failureOf(error) })),
  );
  const text = canonicalJson(entry ?? PLAIN);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the entry is its text
  const question = useMemo(() => image && { image, entry }, [image, text]);
  useEffect(() => {
    if (question !== undefined) ask.current?.(question);
  }, [question]);
  const isOfImage = answered.to?.image === image;
  return {
    preview: isOfImage ? answered.preview : undefined,
    failure: answered.failure,
    isLate: answered.failure === undefined && answered.to !== question,
  };
}

function failureOf(error: unknown): string {
  return isSigmaError(error) ? error.message : "The calibration could not be computed.";
}
