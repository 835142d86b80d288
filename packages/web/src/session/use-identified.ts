/** What the pixels in question consist of, asked once for all panels that show it. */
import { type IdentifiedPixels, type IdentifySubject, isSigmaError } from "@sigma-eds/core";
import { useEffect, useState } from "react";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import { useSharedValue } from "./use-shared-value.js";
import type { ViewSession } from "./view-session.js";

export interface Identified {
  /** The subject that is asked for now; undefined where there is none, such as a selection of nothing. */
  readonly subject: IdentifySubject | undefined;
  /** The newest answer: of the subject, or, while `waiting`, of the one before. */
  readonly answer: IdentifiedPixels | undefined;
  readonly waiting: boolean;
  /** One sentence, where there can be no answer. */
  readonly failure: string | undefined;
}

type Settled = Pick<Identified, "answer" | "failure"> & { readonly of: object };

interface Kept {
  /** Parameters of the step identify with which it was asked. */
  readonly given: string;
  readonly answer: Promise<IdentifiedPixels>;
}

/** By the labels of the map: new names and colours of classes ask nothing anew. */
const asked = new WeakMap<object, Map<unknown, Kept>>();
/** Selections come and go; more answers than this are not kept. */
const MOST_KEPT = 60;
/** A subject that changes within this time is not asked for. */
const SETTLED_MS = 120;

/** Elements, names and fit of the linked subject. */
export function useIdentified(session: ViewSession): Identified {
  const { linked, analysis, partial, engine } = session;
  const kind = useSharedValue(linked.subject).value;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const selection = useSharedValue(linked.selection);
  const [settled, setSettled] = useState<Settled>();
  const mask = kind === "selection" && selection.value.count > 0 ? selection.value.mask : undefined;
  const id = active ?? analysis?.classes[0]?.id;
  const key = kind === "class" ? id : kind === "all" ? "all" : mask;
  const ready = analysis !== undefined && !partial && key !== undefined;
  const of = useQuestion(ready ? analysis : undefined, key);
  useEffect(() => {
    if (of === undefined) return;
    let isCurrent = true;
    const timer = setTimeout(() => {
      answerOf(of.analysis, of.key, () => engine.identify(subjectOf(of.key))).then(
        (answer) => isCurrent && setSettled({ of, answer, failure: undefined }),
        (error: unknown) => isCurrent && setSettled({ of, answer: undefined, failure: sentenceOf(error) }),
      );
    }, SETTLED_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [of, engine]);
  if (of === undefined) return { subject: undefined, answer: undefined, waiting: false, failure: undefined };
  return {
    subject: subjectOf(of.key),
    answer: settled?.answer,
    waiting: settled?.of !== of,
    failure: settled?.of === of ? settled.failure : undefined,
  };
}

interface Question {
  readonly analysis: AnalysisSnapshot;
  readonly key: number | "all" | Uint8Array;
}

/** The same object as long as nothing in it changes. */
function useQuestion(analysis: AnalysisSnapshot | undefined, key: Question["key"] | undefined): Question | undefined {
  const [question, setQuestion] = useState<Question>();
  const same = question?.analysis === analysis && question?.key === key;
  if (analysis === undefined || key === undefined) return undefined;
  if (same) return question;
  const next = { analysis, key };
  setQuestion(next);
  return next;
}

function subjectOf(key: Question["key"]): IdentifySubject {
  if (typeof key === "number") return { kind: "class", id: key };
  return key === "all" ? { kind: "all" } : { kind: "pixels", mask: key };
}

function answerOf(analysis: AnalysisSnapshot, key: unknown, ask: () => Promise<IdentifiedPixels>): Promise<IdentifiedPixels> {
  const of = analysis.labels ?? analysis;
  const answers = asked.get(of) ?? new Map<unknown, Kept>();
  asked.set(of, answers);
  const given = JSON.stringify([analysis.lines, analysis.recipe.steps.find(({ step }) => step === "identify")]);
  const before = answers.get(key);
  if (before?.given === given) return before.answer;
  const answer = ask();
  answers.set(key, { given, answer });
  answer.catch(() => answers.delete(key));
  const [oldest] = answers.keys();
  if (answers.size > MOST_KEPT) answers.delete(oldest);
  return answer;
}

function sentenceOf(error: unknown): string {
  if (!isSigmaError(error)) return "The question could not be answered.";
  return error.message;
}
