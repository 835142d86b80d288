/** What a map shows, for those who hear it. */
import { formatFixed, formatPercent } from "@sigma-eds/core";
import { certaintyOf } from "../../session/derived/certainty.js";
import { areaWords, keptNext } from "../../session/derived/crop-area.js";
import { shownGrid } from "../../session/derived/pixel-values.js";
import type { ViewSession } from "../../session/view-session.js";

/** `Map of 128 x 96 pixels, 8 classes: Quartz 31 %, ...` with the five largest. */
export function mapSentence(session: Pick<ViewSession, "image" | "analysis" | "recipe">): string {
  const grid = shownGrid(session);
  if (grid === undefined) return "No map yet.";
  const kept = keptNext(session);
  const frame = kept === undefined ? "" : `; the next run keeps ${areaWords(kept)}`;
  const size = `Map of ${grid.width} by ${grid.height} pixels${frame}`;
  const classes = session.analysis?.classes ?? [];
  if (classes.length === 0) return `${size}, no classes yet.`;
  const largest = [...classes].sort((a, b) => b.areaFraction - a.areaFraction).slice(0, 5);
  const parts = largest.map(({ name, areaFraction }) => `${name} ${formatPercent(areaFraction)}`);
  const more = classes.length > parts.length ? ", and others" : "";
  return `${size}, ${classes.length} classes: ${parts.join(", ")}${more}. Arrow keys move the cursor.`;
}

/** Where the cursor is: `x 241, y 282, Quartz, membership 0.71, 168 counts`. */
export function pixelSentence({ linked, image, analysis }: Pick<ViewSession, "linked" | "image" | "analysis">): string {
  const hover = linked.hover.current.value;
  const grid = shownGrid({ image, analysis });
  if (hover.kind !== "pixel" || grid === undefined) return "";
  const { pixel } = hover;
  const inFrame = pixel % (grid.width * grid.height);
  const label = analysis?.labels?.[pixel];
  const name = label === undefined ? undefined : (analysis?.classes.find(({ id }) => id === label)?.name ?? "Unassigned");
  const best = analysis?.membership === undefined ? undefined : certaintyOf(analysis.membership).best[pixel];
  const counts = (analysis?.countMap ?? image?.countMap)?.[pixel];
  const words = [
    `x ${inFrame % grid.width}, y ${Math.floor(inFrame / grid.width)}`,
    name,
    best === undefined || Number.isNaN(best) ? undefined : `membership ${formatFixed(best, 2)}`,
    counts === undefined ? undefined : `${Math.round(counts)} counts`,
  ];
  return words.filter((word) => word !== undefined).join(", ");
}
