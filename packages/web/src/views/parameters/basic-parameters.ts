export interface Basic {
  readonly title: string;
  readonly step: "elements" | "find-phases";
  readonly name: string;
}

/** Of the five basic controls those that are fields as the schema has them; detail and binning have controls of their own. */
export const basics: readonly Basic[] = [
  { title: "Elements used", step: "elements", name: "elements" },
  { title: "Smallest grain", step: "find-phases", name: "smallestGrain" },
  { title: "Ignore", step: "find-phases", name: "ignoredElements" },
];

/** Names of the parameters that Basic shows, as `step.name`. */
export const basicParameters: ReadonlySet<string> = new Set([
  "find-phases.detail",
  "bin.factor",
  ...basics.map(({ step, name }) => `${step}.${name}`),
]);
