import { ternaryPlace, ternaryShares } from "../../algorithms/statistics/ternary.js";
import { lineColour } from "../../pipeline/colours/palette.js";
import { type Child, element, fragment, type Markup } from "../markup.js";
import { textWidth } from "../text-width.js";
import { figure, pixels, round, rule, text, tones } from "./figure.js";
import { type Box, namePlaces } from "./name-places.js";

export interface TernaryEllipse {
  readonly x: number;
  readonly y: number;
  readonly deviations: readonly [larger: number, smaller: number];
  readonly angle: number;
}

/** Shares of three quantities: a cloud of pixels, and the mean of each class. */
export interface TernaryPlot {
  /** At the lower left, the lower right and on top. */
  readonly corners: readonly [string, string, string];
  readonly classes: readonly {
    readonly name: string;
    /** `#rrggbb` */
    readonly colour: string;
    readonly mean: readonly [number, number, number];
    /** Some of its pixels, three values each; none where `density` shows all of them. */
    readonly pixels: readonly (readonly [number, number, number])[];
    /** Spread of its pixels: middle and half axes in sides of the triangle (x to the right from the lower left corner, y upwards), angle of the larger axis in radians. */
    readonly ellipse?: TernaryEllipse | undefined;
  }[];
  /** Picture of all pixels over the box of the triangle, as a `data:` address. */
  readonly density?: string | undefined;
  readonly size: number;
  readonly description: string;
}

/** Where three shares lie in the figure. */
type PlaceOf = (values: readonly [number, number, number]) => { readonly x: number; readonly y: number };

const MARGIN = 34;
/** Of a number on an edge. */
const NUMBER_WIDTH = 28;
const LABEL_SIZE = 11;
const SHARES = [0.25, 0.5, 0.75] as const;
const HALF_SQRT_3 = 0.8660254037844386;

/** The triangle with lines and numbers at each quarter, pixels as dots and class means as ringed ones with their names. */
export function ternaryFigure({ corners, classes, density, size, description }: TernaryPlot): string {
  const side = size - 2 * MARGIN;
  const height = Math.ceil(side * HALF_SQRT_3) + 2 * MARGIN;
  const at: PlaceOf = (values) => {
    const place = ternaryPlace(ternaryShares([values[0]], [values[1]], [values[2]]), 0);
    return { x: MARGIN + place.x * side, y: height - MARGIN - place.y * side };
  };
  const line = (a: readonly [number, number, number], b: readonly [number, number, number], tone: "ink3" | "rule"): Markup => {
    const [from, to] = [at(a), at(b)];
    return rule(from.x, from.y, to.x, to.y, tone, tone === "rule" ? 0.7 : 1);
  };
  const { leaders, texts } = names(
    classes.map(({ mean, name }) => ({ ...at(mean), name })),
    takenBoxes(size, height, at),
    { left: 2, right: size - 2, top: 2, bottom: height - MARGIN - 2 },
  );
  return figure(
    { width: size, height, description },
    SHARES.map((share) =>
      fragment(
        line([share, 1 - share, 0], [share, 0, 1 - share], "rule"),
        line([1 - share, share, 0], [0, share, 1 - share], "rule"),
        line([1 - share, 0, share], [0, 1 - share, share], "rule"),
      ),
    ),
    density === undefined ? undefined : pixels(density, MARGIN, height - MARGIN - side * HALF_SQRT_3, side, side * HALF_SQRT_3),
    line([1, 0, 0], [0, 1, 0], "ink3"),
    line([0, 1, 0], [0, 0, 1], "ink3"),
    line([0, 0, 1], [1, 0, 0], "ink3"),
    SHARES.map((share) => scaleAt(share, at)),
    text(corners[0], MARGIN, height - MARGIN + 18, { anchor: "middle", bold: true }),
    text(corners[1], size - MARGIN, height - MARGIN + 18, { anchor: "middle", bold: true }),
    text(corners[2], size / 2, MARGIN - 10, { anchor: "middle", bold: true }),
    classes.map(({ pixels: some, colour }) =>
      element("path", {
        d: some
          .map((pixel) => at(pixel))
          .map(({ x, y }) => `M${round(x)} ${round(y)}h0`)
          .join(""),
        stroke: colour,
        "stroke-width": 2.2,
        "stroke-linecap": "round",
        "stroke-opacity": "0.5",
        fill: "none",
      }),
    ),
    classes.map(({ ellipse, colour }) => ellipse && spread(ellipse, colour, side, MARGIN, height - MARGIN)),
    leaders,
    classes.map(({ mean, colour }) => {
      const { x, y } = at(mean);
      return element("circle", { cx: x, cy: y, r: 6, fill: colour, class: "s-ink", stroke: tones.ink, "stroke-width": 1.5 });
    }),
    texts,
  );
}

/**
 * Numbers on the edges where the lines of a share end, each with a tick that goes on in the direction of its line: the lower left corner's
 * on the left edge, the lower right one's on the base, the top one's on the right edge.
 */
function scaleAt(share: number, at: PlaceOf): Markup {
  const [left, base, right] = [at([share, 0, 1 - share]), at([1 - share, share, 0]), at([0, 1 - share, share])];
  const label = `${100 * share}\u202f%`;
  const style = { size: 10, tone: "ink3" } as const;
  return fragment(
    rule(left.x, left.y, left.x - 2.5, left.y - 4.3, "ink3", 0.75),
    text(label, left.x - 4, left.y - 5, { ...style, anchor: "end" }),
    rule(base.x, base.y, base.x - 2.5, base.y + 4.3, "ink3", 0.75),
    text(label, base.x - 4, base.y + 15, { ...style, anchor: "middle" }),
    rule(right.x, right.y, right.x + 5, right.y, "ink3", 0.75),
    text(label, right.x + 8, right.y + 3.5, style),
  );
}

/** One standard deviation of a class's pixels. */
function spread(ellipse: TernaryEllipse, colour: string, side: number, left: number, bottom: number): Markup {
  const [cx, cy] = [left + ellipse.x * side, bottom - ellipse.y * side];
  const turn = (-180 * ellipse.angle) / Math.PI;
  return element("ellipse", {
    ...{ cx, cy, rx: Math.max(0.5, ellipse.deviations[0] * side), ry: Math.max(0.5, ellipse.deviations[1] * side) },
    transform: `rotate(${round(turn)} ${round(cx)} ${round(cy)})`,
    fill: "none",
    stroke: lineColour(colour, "light"),
    "stroke-width": 1.4,
  });
}

/** Room of the numbers on the three edges and of the names of the corners, which names of classes keep clear of. */
function takenBoxes(size: number, height: number, at: PlaceOf): Box[] {
  const number = (left: number, y: number): Box => ({ left, right: left + NUMBER_WIDTH, top: y - 9, bottom: y + 3 });
  const corner = (x: number, y: number): Box => ({ left: x - MARGIN, right: x + MARGIN, top: y - 11, bottom: y + 4 });
  const numbers = SHARES.flatMap((share) => {
    const [left, base, right] = [at([share, 0, 1 - share]), at([1 - share, share, 0]), at([0, 1 - share, share])];
    return [
      number(left.x - 4 - NUMBER_WIDTH, left.y - 5),
      number(base.x - 4 - NUMBER_WIDTH / 2, base.y + 15),
      number(right.x + 8, right.y + 3.5),
    ];
  });
  const bottom = height - MARGIN + 18;
  return [...numbers, corner(MARGIN, bottom), corner(size - MARGIN, bottom), corner(size / 2, MARGIN - 10)];
}

/** Names at their discs, or with a leader where there is no room. */
function names(
  points: readonly { readonly x: number; readonly y: number; readonly name: string }[],
  taken: readonly Box[],
  bounds: Box,
): { readonly leaders: readonly Child[]; readonly texts: readonly Markup[] } {
  const named = points.filter(({ name }) => name !== "").map((one) => ({ ...one, width: textWidth(one.name, LABEL_SIZE) }));
  const places = namePlaces(named, taken, bounds);
  return {
    leaders: places.map(({ leader }) => leader && rule(...leader, "ink3", 0.75)),
    texts: places.map(({ box }, i) =>
      text(named[i]!.name, (box.left + box.right) / 2, box.bottom - 3, {
        anchor: "middle",
        bold: true,
        size: LABEL_SIZE,
        halo: true,
      }),
    ),
  };
}
