/** What colours the points of the latent space, and the bar that says which colour is which value. */
import { percentilesText } from "../../session/derived/contrast.js";
import { classesAsShown } from "../../session/derived/others.js";
import { type PixelField, valuesOf } from "../../session/derived/pixel-values.js";
import type { Colouring } from "../../session/linked.js";
import type { LatentIndex } from "../../session/selection/latent-index.js";
import type { ViewSession } from "../../session/view-session.js";
import { type ColourTableName, colourTable } from "../../ui/raster/colour-table.js";
import type { ColourBar } from "../../ui/raster/draw-scale-bar.js";
import { fieldRange } from "../../ui/raster/field-range.js";
import { densityField } from "./density-field.js";
import type { Bounds } from "./inner-bounds.js";
import type { LatentSpec } from "./latent-spec.js";
import { classPoints, type PointColours } from "./point-colours.js";

export interface LatentColouring {
  readonly by: PointColours["by"];
  /** Where colours are values. */
  readonly bar: ColourBar | undefined;
}

export interface ColouringRequest {
  readonly session: Pick<ViewSession, "analysis" | "image" | "linked" | "theme">;
  readonly spec: LatentSpec;
  readonly index: LatentIndex;
  readonly bounds: Bounds;
  readonly windowMap: Float32Array | undefined;
}

/** Points are few where numbers are large; the square root shows both. */
const DENSITY: Pick<Colouring, "colourMap" | "percentiles" | "gamma"> = { colourMap: "viridis", percentiles: [0, 100], gamma: 2 };

export function latentColouring({ session, spec, index, bounds, windowMap }: ColouringRequest): LatentColouring {
  if (spec.densityColours) return coloured(densityField(index, bounds), DENSITY);
  const { analysis, image, linked, theme } = session;
  const colouring = linked.colouring.current.value;
  const window = linked.energyWindow.current.value;
  const values = spec.classColours
    ? ({ kind: "classes" } as const)
    : valuesOf(colouring.by, { image, analysis, window, windowMap });
  if (values.kind === "field" && values.field.data.length === index.x.length) return coloured(values.field, colouring);
  const labels = values.kind === "second" ? values.second.labels : analysis?.labels;
  if (labels === undefined) return { by: { kind: "plain" }, bar: undefined };
  return { by: { kind: "classes", labels, colours: classPoints(classesAsShown(analysis), theme) }, bar: undefined };
}

function coloured(field: PixelField, { colourMap, percentiles, gamma }: typeof DENSITY): LatentColouring {
  const table = tableOf(field, colourMap);
  const range = fieldRange(field, percentiles);
  const { title, unit, data } = field;
  return {
    by: { kind: "field", data, from: range.from, to: range.to, gamma, table: colourTable(table) },
    bar: { title, unit, table, range, gamma, clip: percentilesText(percentiles) },
  };
}

/** Counts take the chosen one; that of doubt is transparent where nothing is in doubt, which points cannot be. */
function tableOf({ table }: PixelField, chosen: ColourTableName): ColourTableName {
  if (table === "doubt") return "viridis";
  return table === "inferno" ? chosen : table;
}
