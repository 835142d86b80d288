import { type StepId, steps } from "@sigma-eds/core";

/** What a step gives, where its title alone says what it does. */
const given: Readonly<Partial<Record<StepId, string>>> = {
  spectra: "spectra of the classes",
  identify: "names of the phases",
  quantify: "amounts",
  statistics: "grains",
  stability: "how far the classes are found again",
  unmix: "abundances",
  upscale: "masks",
};

/** What is not brought up to date yet after an edit, by the ids of its steps. */
export function pendingWords(pending: readonly string[]): string {
  const things = pending.map((id) => given[id as StepId] ?? (id in steps ? steps[id as StepId].title.toLowerCase() : "the rest"));
  return `Bringing up to date: ${[...new Set(things)].join(", ")}`;
}

/** `4 s ago`, `2 min ago`, then the time of day; both in milliseconds since 1970. */
export function sinceWords(at: number, now: number): string {
  const seconds = Math.max(0, Math.floor((now - at) / 1000));
  if (seconds < 2) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  return `at ${new Date(at).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })}`;
}
