/** The view's own settings, saved with the session. */
export interface DistributionsSpec {
  /** The values that were clustered, or every stage of a treatment that is tried. */
  readonly mode: "as clustered" | "step by step";
}

export function parseDistributionsSpec(saved: unknown): DistributionsSpec {
  const { mode }: { mode?: unknown } = typeof saved === "object" && saved !== null ? saved : {};
  return { mode: mode === "step by step" ? mode : "as clustered" };
}
