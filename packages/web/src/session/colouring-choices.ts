/** What pixels can be coloured by, as lists to choose from and as words. */
import { lineText } from "@sigma-eds/core";
import { endmemberName } from "./derived/pixel-values.js";
import type { Colouring } from "./linked.js";
import type { ViewSession } from "./view-session.js";

export interface ColouringChoice {
  readonly id: string;
  readonly label: string;
  readonly by: Colouring["by"];
  readonly unavailable: string | undefined;
}

export interface ColouringGroup {
  readonly title: string;
  readonly choices: readonly ColouringChoice[];
}

type By = Colouring["by"];

/** A stable word for a choice. */
function colouringId(by: By): string {
  switch (by.kind) {
    case "line":
      return `line ${by.line}`;
    case "mix":
      return `mix ${by.lines.join(" ")}`;
    case "abundance-mix":
      return `abundance-mix ${by.indices.join(" ")}`;
    case "component":
    case "abundance":
    case "image":
      return `${by.kind} ${by.index}`;
    case "probability":
      return `probability ${by.id}`;
    default:
      return by.kind;
  }
}

/** What is chosen, in words: `Classes`, `Fe Kα`. */
export function colouringText(by: By, { analysis, image, linked }: Pick<ViewSession, "analysis" | "image" | "linked">): string {
  switch (by.kind) {
    case "class":
      return "Classes";
    case "line":
      return lineText(by.line);
    case "mix":
      return by.lines.map(lineText).join(" + ");
    case "window": {
      const name = linked.energyWindow.current.value?.name;
      return name === undefined ? "Energy window" : lineText(name);
    }
    case "component":
      return `Component ${by.index + 1}`;
    case "abundance-mix":
      return by.indices.map((index) => endmemberName(index, analysis)).join(" + ");
    case "abundance":
      return endmemberName(by.index, analysis);
    case "membership":
      return "Membership";
    case "entropy":
      return "Entropy";
    case "second":
      return "Second class";
    case "stability":
      return "Found again";
    case "probability":
      return `Probability of ${analysis?.classes.find(({ id }) => id === by.id)?.name ?? "a class"}`;
    case "ratio":
      return `${lineText(by.over)} over ${lineText(by.under)}`;
    case "counts":
      return "Total counts";
    case "image":
      return image?.images[by.index]?.name ?? "Picture";
    case "none":
      return "Picture";
  }
}

/** `shown`: what is shown now, which stands in the lists also where it is mixed of several. Default what all maps show. */
export function colouringGroups(
  session: Pick<ViewSession, "analysis" | "image" | "linked">,
  shown: By = session.linked.colouring.current.value.by,
): ColouringGroup[] {
  const { analysis, linked } = session;
  const choice = (by: By, unavailable?: string): ColouringChoice => ({
    id: colouringId(by),
    label: colouringText(by, session),
    by,
    unavailable,
  });
  const noMembership = analysis?.membership === undefined ? "These classes carry no membership." : undefined;
  const { decomposition, latent, unmixing, elementMaps = [] } = analysis ?? {};
  const { membership, classes = [] } = analysis ?? {};
  const probable = membership?.classes === classes.length ? classes : [];
  const components = decomposition?.components.length ?? latent?.dimensions ?? 0;
  return [
    {
      title: "Result",
      choices: [
        choice({ kind: "class" }, analysis?.labels === undefined ? "No classes yet." : undefined),
        choice({ kind: "membership" }, noMembership),
        choice({ kind: "entropy" }, noMembership),
        choice({ kind: "second" }, noMembership),
        ...(analysis?.stability === undefined ? [] : [choice({ kind: "stability" })]),
        choice({ kind: "none" }),
      ],
    },
    {
      title: "Elements",
      choices: [
        ...(linked.energyWindow.current.value === undefined ? [] : [choice({ kind: "window" })]),
        ...elementMaps.map(({ line }) => choice({ kind: "line", line })),
        ...(shown.kind === "mix" ? [choice(shown)] : []),
        ...(elementMaps.length < 2 ? [] : [ratioChoice(session)]),
      ],
    },
    {
      title: "Endmembers",
      choices: [
        ...(unmixing?.endmembers ?? []).map((_, index) => choice({ kind: "abundance", index })),
        ...((unmixing?.endmembers.length ?? 0) < 3 ? [] : [choice({ kind: "abundance-mix", indices: mixedEndmembers(linked) })]),
      ],
    },
    {
      title: "Components",
      choices: Array.from({ length: Math.min(12, components) }, (_, index) => choice({ kind: "component", index })),
    },
    { title: "Probabilities", choices: probable.map(({ id }) => choice({ kind: "probability", id })) },
  ];
}

/** Pictures that the file holds, and the counts: what maps have below their colours. */
export function pictureChoices(session: Pick<ViewSession, "analysis" | "image" | "linked">): ColouringChoice[] {
  const choices: By[] = [...(session.image?.images ?? []).map((_, index): By => ({ kind: "image", index })), { kind: "counts" }];
  return choices.map((by) => ({ id: colouringId(by), label: colouringText(by, session), by, unavailable: undefined }));
}

/** The ratio that is shown now, else of the first two lines; its lines are chosen beside it. */
function ratioChoice({ analysis, linked }: Pick<ViewSession, "analysis" | "linked">): ColouringChoice {
  const { by } = linked.colouring.current.value;
  const [over = "", under = ""] = analysis?.elementMaps.map(({ line }) => line) ?? [];
  const ratio: By = by.kind === "ratio" ? by : { kind: "ratio", over, under };
  return { id: "ratio", label: "Ratio of two lines", by: ratio, unavailable: undefined };
}

/** Those that are mixed now, else the first three. */
function mixedEndmembers({ colouring }: ViewSession["linked"]): readonly number[] {
  const { by } = colouring.current.value;
  return by.kind === "abundance-mix" ? by.indices : [0, 1, 2];
}
