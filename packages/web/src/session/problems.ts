/** Errors as the user reads them: what, where, what to do, and acts that help. */
import { isSigmaError } from "@sigma-eds/core";
import { WorkerDiedError } from "./engine-client.js";
import { plainWords } from "./plain-words.js";
import type { Problem } from "./view-session.js";

const offersOf: Record<Problem["kind"], readonly string[]> = {
  file: ["file.open", "file.example"],
  run: ["run.again"],
  edit: [],
  "worker-died": ["run.bin", "run.again"],
  storage: ["session.save"],
  "other-input": ["file.open"],
};

/** A problem from whatever was thrown. A defect of the program is told as one, with everything that helps to report it. */
export function problemOf(kind: Problem["kind"], error: unknown): Problem {
  if (error instanceof WorkerDiedError) {
    return {
      kind: "worker-died",
      title: "The computation ended unexpectedly, most likely for want of memory. Your session is safe.",
      where: undefined,
      remedy: "Join 2 × 2 pixels, which needs about a quarter of the memory, or try again.",
      details: error.message,
      offers: offersOf["worker-died"],
    };
  }
  if (isSigmaError(error)) {
    const { where, field, offset, remedy } = error.facts;
    const place = [where, field, offset === undefined ? undefined : `byte ${offset}`]
      .filter((part) => part !== undefined)
      .join(", ");
    const offers = error.tag === "memory-limit" ? offersOf["worker-died"] : offersOf[kind];
    const details = JSON.stringify(error.serialise(), null, 2);
    return { kind, ...plainWords(error), where: place === "" ? undefined : place, remedy, details, offers };
  }
  const defect = error instanceof Error ? error : undefined;
  return {
    kind,
    title: "Something is wrong in the program itself. Your session is safe.",
    where: undefined,
    remedy: "Copy the details into a report; nothing is sent by itself.",
    details: defect?.stack ?? String(error),
    offers: offersOf[kind],
  };
}
