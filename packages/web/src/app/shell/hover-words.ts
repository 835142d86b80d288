import { formatCount, formatFixed, formatNumber, lineText } from "@sigma-eds/core";
import type { Hover } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";

export interface HoverWords {
  readonly place: string;
  readonly facts: readonly string[];
  readonly className: string | undefined;
  readonly colour: string | undefined;
}

/** What the status line says about what the pointer is on. */
export function hoverWords(hover: Hover, session: Pick<ViewSession, "image" | "analysis">): HoverWords | undefined {
  switch (hover.kind) {
    case "pixel":
      return pixelWords(hover.pixel, session);
    case "channel":
      return {
        place: `${formatNumber(hover.kev, 4)} keV`,
        facts: [],
        className: undefined,
        colour: undefined,
      };
    case "line":
      return { place: lineText(hover.line), facts: [], className: undefined, colour: undefined };
    case "class":
      return classWords(hover.id, session);
    default:
      return undefined;
  }
}

function classWords(id: number, { analysis }: Pick<ViewSession, "analysis">): HoverWords | undefined {
  const found = analysis?.classes.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const area = `${formatNumber(100 * found.areaFraction, 3)} %`;
  return { place: `${formatCount(found.pixels)} px`, facts: [area], className: found.name, colour: found.colour };
}

function pixelWords(pixel: number, { image, analysis }: Pick<ViewSession, "image" | "analysis">): HoverWords | undefined {
  const grid = analysis?.grid ?? image?.grid;
  const counts = (analysis ?? image)?.countMap[pixel];
  if (grid === undefined || counts === undefined) return undefined;
  const x = pixel % grid.width;
  const y = Math.floor(pixel / grid.width) % grid.height;
  const size = grid.pixelSizeUm;
  const um = size === undefined ? [] : [`${formatFixed(x * size[0], 1)}, ${formatFixed(y * size[1], 1)} µm`];
  const label = analysis?.labels?.[pixel];
  const at = analysis?.classes.findIndex(({ id }) => id === label) ?? -1;
  const own = analysis?.classes[at];
  const member = own === undefined ? undefined : memberOf(analysis, pixel, at);
  return {
    place: `x ${x}  y ${y}`,
    facts: [...um, `${formatCount(counts)} counts`],
    className: own === undefined ? (label === -1 ? "Unassigned" : undefined) : `${own.name}${member ?? ""}`,
    colour: own?.colour,
  };
}

/** Membership of the class, and the second most probable one. */
function memberOf(analysis: ViewSession["analysis"], pixel: number, at: number): string | undefined {
  const membership = analysis?.membership;
  if (analysis === undefined || membership === undefined || membership.classes !== analysis.classes.length) return undefined;
  const row = membership.data.subarray(pixel * membership.classes, (pixel + 1) * membership.classes);
  const own = row[at] ?? Number.NaN;
  if (Number.isNaN(own)) return undefined;
  let second = -1;
  for (let k = 0; k < row.length; k++) if (k !== at && (second < 0 || row[k]! > row[second]!)) second = k;
  const next =
    second >= 0 && row[second]! >= 0.05 ? ` · next: ${analysis.classes[second]!.name} ${formatFixed(row[second]!, 2)}` : "";
  return ` ${formatFixed(own, 2)}${next}`;
}
