/** What the spectrum can be compared with, by name. */
import type { Answer } from "../../session/commands.js";
import type { ViewSession } from "../../session/view-session.js";
import type { Against, SpectrumSpec } from "./spectrum-spec.js";

/** Shows the difference where nothing was compared yet; a class that is compared with is drawn too. */
export function comparedWith(
  { analysis }: Pick<ViewSession, "analysis">,
  { comparison, pins }: Pick<SpectrumSpec, "comparison" | "pins">,
  typed: string,
  change: (part: Partial<SpectrumSpec>) => void,
): Answer[] {
  const others: readonly { readonly against: Against; readonly title: string }[] = [
    { against: "sum", title: "Sum of all pixels" },
    { against: "active", title: "Active class" },
    ...(analysis?.classes ?? []).map(({ id, name }) => ({ against: id, title: name })),
    ...pins.flatMap((pin, i) => (pin.kind === "class" ? [] : [{ against: `pin ${i}` as const, title: `Pinned: ${pin.name}` }])),
  ];
  return others
    .filter(({ title }) => title.toLowerCase().includes(typed.trim().toLowerCase()))
    .map(({ against, title }) => ({
      id: String(against),
      title,
      run: () => change({ against, comparison: comparison === "none" ? "difference" : comparison }),
    }));
}
