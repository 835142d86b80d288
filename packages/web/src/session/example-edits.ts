/** What a person does to the example before it is shown: takes the names that the evidence gives, and says which class is the tape. */
import type { ClassIdentity, EditInput } from "@sigma-eds/core";
import type { AnalysisSnapshot } from "../worker/engine-protocol.js";
import type { TimelineEntry } from "./session-state.js";

/** A grey that no class is given: what carries the specimen stays behind it. */
const MOUNT = { name: "Carbon tape", colour: "#45484d" } as const;

type EditEntry = Extract<TimelineEntry, { kind: "edit" }>;

/**
 * The edits, as entries of the history. A class is called by the first of its names where one stands out or a few cannot be told apart; classes without a name keep
 * theirs. The largest class is what carries the grains: no spectrum says that, who mounted them does.
 */
export function exampleEdits({ classes, identities }: Pick<AnalysisSnapshot, "classes" | "identities">): EditEntry[] {
  const [mount] = [...classes].sort((a, b) => b.pixels - a.pixels || a.id - b.id);
  const names = (identities ?? []).flatMap((identity): EditInput[] => {
    const name = identity.id === mount?.id ? undefined : firstName(identity);
    return name === undefined ? [] : [{ step: "edit", action: "rename", id: identity.id, name }];
  });
  const carried: EditInput[] =
    mount === undefined
      ? []
      : [
          { step: "edit", action: "rename", id: mount.id, name: MOUNT.name },
          { step: "edit", action: "recolour", id: mount.id, colour: MOUNT.colour },
        ];
  return [
    entry(1, `Named ${names.length} classes`, names),
    entry(2, `Renamed “${mount?.name}” to “${MOUNT.name}”`, carried),
  ].filter(({ edits }) => edits.length > 0);
}

function entry(id: number, sentence: string, edits: readonly EditInput[]): EditEntry {
  return { id, kind: "edit", sentence, edits, given: true };
}

function firstName({ verdict, shown: [first] }: ClassIdentity): string | undefined {
  if (first === undefined || (verdict !== "one" && verdict !== "set")) return undefined;
  const name = first.series ?? first.name;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
