import { type FeatureTreatment, isSigmaError, type Recipe } from "@sigma-eds/core";
import { useEffect, useRef, useState } from "react";
import { latestWins } from "../../session/latest-wins.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import type { AnalysisSnapshot, FeaturesEntry, StageSpread } from "../../worker/engine-protocol.js";
import { isStopped } from "../../worker/replies.js";

interface Question {
  readonly analysis: AnalysisSnapshot;
  readonly treatments: readonly FeatureTreatment[];
  readonly mask: Uint8Array | undefined;
  readonly features: FeaturesEntry | undefined;
}

interface Answered {
  readonly stages: readonly StageSpread[];
  /** One sentence, where there can be no answer. */
  readonly failure: string | undefined;
}

/** How the controls would have features made, applied or not. */
export function featuresOf({ steps }: Recipe): FeaturesEntry | undefined {
  return steps.find((entry) => entry.step === "features");
}

/** Spreads of the features under these treatments, of all pixels and of the selected ones; the answer before stays until the next is there. */
export function useFeatureSpreads(session: ViewSession, treatments: readonly FeatureTreatment[]): Answered {
  const { analysis, partial, linked, engine, recipe } = session;
  const features = featuresOf(recipe);
  const { mask, count } = useSharedValue(linked.selection).value;
  const [answered, setAnswered] = useState<Answered>({ stages: [], failure: undefined });
  const newest = useRef(engine);
  newest.current = engine;
  const [ended, setEnded] = useState(0);
  const ask = useRef<(question: Question) => void>(undefined);
  ask.current ??= latestWins<Question, readonly StageSpread[]>(
    (question) => newest.current.featureSpreads(question.treatments, question.mask, question.features),
    (stages) => setAnswered({ stages, failure: undefined }),
    (error) => {
      // Something else was begun: they are asked for again.
      if (isStopped(error)) setEnded((times) => times + 1);
      else setAnswered({ stages: [], failure: isSigmaError(error) ? error.message : "The spreads could not be computed." });
    },
  );
  const selected = count > 0 ? mask : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was ended is asked again
  useEffect(() => {
    if (analysis !== undefined && !partial) ask.current?.({ analysis, treatments, mask: selected, features });
  }, [analysis, partial, treatments, selected, features, ended]);
  return answered;
}
