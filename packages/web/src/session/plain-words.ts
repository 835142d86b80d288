import type { SigmaError } from "@sigma-eds/core";
import type { Problem } from "./view-session.js";

/** Longer facts are for a report, not for reading at once. */
const SHORT = 60;
const LIST = "one of: ";

/** An error as one sentence without its place and its facts, which stand apart: its message holds them all in a row. */
export function plainWords({
  message,
  facts,
}: Pick<SigmaError, "message" | "facts">): Pick<Problem, "title" | "found" | "choices"> {
  const { found, expected, remedy } = facts;
  const title = withoutFacts(withoutPlace(message, facts), [
    found && `Found ${found}.`,
    expected && `Expected ${expected}.`,
    remedy,
  ]);
  if (expected?.startsWith(LIST) === true) return { title, choices: expected.slice(LIST.length).split("; ") };
  const said = [found && `Found ${found}.`, expected && `Expected ${expected}.`].filter(
    (part) => part !== undefined && part !== "",
  );
  return { title, found: said.length > 0 && said.every((part) => part!.length <= SHORT) ? said.join(" ") : undefined };
}

function withoutPlace(message: string, { where, field, offset }: SigmaError["facts"]): string {
  const place = [where, field && `field ${field}`, offset === undefined ? undefined : `at byte ${offset}`]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
  return place !== "" && message.startsWith(`${place}: `) ? message.slice(place.length + 2) : message;
}

function withoutFacts(message: string, facts: readonly (string | undefined)[]): string {
  const ends = facts.flatMap((fact) => {
    const at = fact === undefined || fact === "" ? -1 : message.lastIndexOf(` ${fact}`);
    return at > 0 ? [at] : [];
  });
  return message.slice(0, Math.min(message.length, ...ends));
}
