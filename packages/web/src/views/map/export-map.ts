/** The map as a file: the picture as it is seen, or the values behind it. */
import { writeNpy } from "@sigma-eds/core";
import { withPatterns } from "../../session/derived/class-pattern.js";
import { countField, imageField, type PixelValues, valuesOf } from "../../session/derived/pixel-values.js";
import type { Figure } from "../../session/figure.js";
import { mapFigures } from "../../session/figures/map-figures.js";
import { fileStem } from "../../session/file-stem.js";
import type { Colouring } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { canvasPicture } from "../../ui/canvas-picture.js";
import type { Grid } from "../../worker/engine-protocol.js";
import type { MapSpec } from "./map-spec.js";

export async function savePicture({ actions, image }: ViewSession, canvases: readonly HTMLCanvasElement[]): Promise<void> {
  const picture = await canvasPicture(canvases);
  if (picture === undefined) return;
  actions.download(`${fileStem(image?.name ?? "map")}-map.png`, new Uint8Array(await picture.arrayBuffer()), "image/png");
}

/** The map as figures for paper: what it shows, over what, and which classes. */
export function figuresOfMap(
  { image, analysis, linked, answers, patternsForAll }: ViewSession,
  grid: Grid,
  spec: MapSpec,
): Figure[] {
  const visible = linked.visibleClasses.current.value;
  const window = linked.energyWindow.current.value;
  const sources = { image, analysis, window, windowMap: answers.windowMap.current.value.value };
  const { base } = spec;
  return mapFigures({
    ...{ grid, sources, frame: Math.min(spec.frame, grid.frames - 1) },
    colouring: spec.colouring ?? linked.colouring.current.value,
    classes: withPatterns(analysis?.classes ?? [], patternsForAll).filter(({ id }) =>
      visible.solo === undefined ? !visible.hidden.has(id) : id === visible.solo,
    ),
    base:
      base.kind === "none"
        ? undefined
        : ((base.kind === "image" ? imageField(base.index, sources) : undefined) ?? countField(sources)),
  });
}

function dataOf(values: PixelValues, labels: Int32Array | undefined): Int32Array | Float32Array | undefined {
  if (values.kind === "classes") return labels;
  if (values.kind === "second") return values.second.labels;
  return values.kind === "field" ? values.field.data : undefined;
}

/** Class ids as int32, anything else as float32, in the shape of the map. */
export function saveValues(session: ViewSession, grid: Grid, { by }: Colouring): void {
  const { image, analysis, linked, answers, actions } = session;
  const window = linked.energyWindow.current.value;
  const values = valuesOf(by, { image, analysis, window, windowMap: answers.windowMap.current.value.value });
  const data = dataOf(values, analysis?.labels);
  if (data === undefined) {
    actions.say("Choose one element, class map or component to save its values.");
    return;
  }
  const shape = grid.frames === 1 ? [grid.height, grid.width] : [grid.frames, grid.height, grid.width];
  actions.download(`${fileStem(image?.name ?? "map")}-${by.kind}.npy`, writeNpy({ data, shape }), "application/octet-stream");
}
