/** The map as a file: the picture as it is seen, or the values behind it. */
import { writeNpy } from "@sigma-eds/core";
import { valuesOf } from "../../session/derived/pixel-values.js";
import type { Colouring } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { canvasPicture } from "../../ui/canvas-picture.js";
import type { Grid } from "../../worker/engine-protocol.js";

export async function savePicture({ actions, image }: ViewSession, canvases: readonly HTMLCanvasElement[]): Promise<void> {
  const picture = await canvasPicture(canvases);
  if (picture === undefined) return;
  actions.download(`${image?.name ?? "map"}-map.png`, new Uint8Array(await picture.arrayBuffer()), "image/png");
}

export async function copyPicture({ actions }: ViewSession, canvases: readonly HTMLCanvasElement[]): Promise<void> {
  const picture = await canvasPicture(canvases);
  if (picture === undefined) return;
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
    actions.say("Picture copied.");
  } catch {
    actions.say("The browser did not allow copying. Save the picture instead.");
  }
}

/** Class ids as int32, anything else as float32, in the shape of the map. */
export function saveValues(session: ViewSession, grid: Grid, { by }: Colouring): void {
  const { image, analysis, linked, answers, actions } = session;
  const window = linked.energyWindow.current.value;
  const values = valuesOf(by, { image, analysis, window, windowMap: answers.windowMap.current.value.value });
  const data = values.kind === "classes" ? analysis?.labels : values.kind === "field" ? values.field.data : undefined;
  if (data === undefined) {
    actions.say("Choose one element, class map or component to save its values.");
    return;
  }
  const shape = grid.frames === 1 ? [grid.height, grid.width] : [grid.frames, grid.height, grid.width];
  actions.download(`${image?.name ?? "map"}-${by.kind}.npy`, writeNpy({ data, shape }), "application/octet-stream");
}
