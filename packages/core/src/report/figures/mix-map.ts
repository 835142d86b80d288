/** A map of several quantities at once, each a colour of light that adds to the others: three endmembers or lines in one picture. */

import { formatNumber } from "../../numbers.js";
import { element, fragment, type Markup } from "../markup.js";
import { dataUri, encodePng } from "../png.js";
import { fittedText, textWidth } from "../text-width.js";
import type { DisplayRange } from "./contrast.js";
import { figure, PICTURE_GROUND, pixels, text } from "./figure.js";
import { type MapGeometry, mapBox, mapScaleBar, scaleBarRoom } from "./map-frame.js";
import { reduced } from "./resample.js";

export interface MixedQuantity {
  /** `Fe K\u03b1` */
  readonly name: string;
  /** [height x width], row-major; NaN adds nothing. */
  readonly data: ArrayLike<number>;
  /** Values that give no light, and full light. */
  readonly range: Pick<DisplayRange, "from" | "to">;
  /** Red, green and blue of full light, 0 to 255. */
  readonly colour: readonly [red: number, green: number, blue: number];
}

export interface MixMap {
  readonly geometry: MapGeometry;
  readonly quantities: readonly MixedQuantity[];
  /** Of the numbers in the key, for example `counts`; empty for shares. */
  readonly unit: string;
  /** Width of the picture, CSS pixels. Default 300. */
  readonly pictureWidth?: number | undefined;
  readonly description: string;
}

const LABEL_SIZE = 10.5;
const KEY_ROW = 17;
const KEY_GAP = 12;
const KEY_COLUMN = 150;

/** The mixed light with its scale bar, and below it which colour is what, between which values. */
export function mixMapFigure(map: MixMap): string {
  const { geometry, quantities, pictureWidth = 300 } = map;
  const box = mapBox(geometry, 0, 0, pictureWidth, pictureWidth * 1.5);
  const columns = Math.max(1, Math.floor(box.width / KEY_COLUMN));
  const rows = Math.ceil(quantities.length / columns);
  const keyTop = box.height + scaleBarRoom(box, LABEL_SIZE) + KEY_GAP;
  return figure(
    { width: box.width, height: keyTop + rows * KEY_ROW, description: map.description },
    element("rect", { ...box, fill: PICTURE_GROUND }),
    pixels(mixPicture(map), box.x, box.y, box.width, box.height),
    mapScaleBar(box, geometry, LABEL_SIZE),
    quantities.map((quantity, i) => {
      const width = box.width / columns;
      return keyOf(quantity, map.unit, (i % columns) * width, keyTop + Math.floor(i / columns) * KEY_ROW, width);
    }),
  );
}

/** Light of every quantity from its range, added channel by channel; beyond white it stays white. */
function mixPicture({ geometry: { width, height }, quantities, pictureWidth = 300 }: MixMap): string {
  const shown = quantities.map(({ data }) => reduced({ width, height, data }, 2 * pictureWidth));
  const [across, down] = [shown[0]?.width ?? 1, shown[0]?.height ?? 1];
  const light = new Float64Array(3 * across * down);
  quantities.forEach(({ range: { from, to }, colour }, i) => {
    const values = shown[i]!.data;
    for (let p = 0; p < across * down; p++) {
      const share = (values[p]! - from) / (to - from);
      if (!(share > 0)) continue;
      for (let channel = 0; channel < 3; channel++) light[3 * p + channel]! += Math.min(1, share) * colour[channel]!;
    }
  });
  const data = Uint8Array.from(light, (value) => Math.min(255, Math.round(value)));
  return dataUri(encodePng({ width: across, height: down, channels: 3, data }));
}

function keyOf({ name, range, colour }: MixedQuantity, unit: string, x: number, y: number, width: number): Markup {
  const fill = `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
  const values = `${formatNumber(range.from)} to ${formatNumber(range.to)}${unit === "" ? "" : ` ${unit}`}`;
  const shown = fittedText(name, 10.5, width - 92);
  return fragment(
    element("rect", {
      x: x + 0.5,
      y: y + 0.5,
      width: 10.3,
      height: 10.3,
      rx: 2,
      fill,
      stroke: "#0b0b0c",
      "stroke-opacity": "0.35",
    }),
    text(shown, x + 17, y + 9.5, { size: 10.5 }),
    text(values, x + 17 + textWidth(shown, 10.5) + 8, y + 9.5, { size: 9.5, tone: "ink2" }),
  );
}
