/** The triangle: all pixels as density, ellipses of the classes, names of the corners. Seen through the same camera as the tools' canvases over it. */
import { lineColour } from "@sigma-eds/core";
import type { ClassShape } from "../../session/derived/class-shapes.js";
import { type Camera, fittingScale, placeMap, type Size } from "../../ui/plane/camera.js";
import { HEIGHT, SIDE, TERNARY_PLANE, TRIANGLE_AT } from "./ternary-plane.js";
import { TERNARY_HEIGHT } from "./ternary-points.js";
import styles from "./ternary-view.module.css";

export interface Ellipse {
  readonly shape: ClassShape;
  readonly colour: string;
}

interface Props {
  /** Lower left, lower right, top. */
  readonly names: readonly string[];
  /** Picture of all pixels, as a `data:` address. */
  readonly density: string | undefined;
  readonly ellipses: readonly Ellipse[];
  readonly camera: Camera;
  readonly view: Size;
}

const TRIANGLE = `M0 ${HEIGHT}H${SIDE}L${SIDE / 2} 0z`;
/** Units of the plane while all of it is in view, and CSS pixels at least. */
const TEXT = 12.5;
const LEAST_TEXT = 11;

export function TernaryPicture({ names, density, ellipses, camera, view }: Props) {
  if (view.width === 0 || view.height === 0) return null;
  const { scale, left, top } = placeMap(camera, TERNARY_PLANE, view);
  // Names stay as large as they are when all is in view.
  const fontSize = Math.max(LEAST_TEXT, TEXT * fittingScale(TERNARY_PLANE, view)) / scale;
  const box = [-left / scale, -top / scale, view.width / scale, view.height / scale];
  return (
    <svg className={styles["drawing"]} viewBox={box.join(" ")} aria-hidden>
      <g transform={`translate(${TRIANGLE_AT.x} ${TRIANGLE_AT.y})`}>
        <path d={TRIANGLE} fill="#0b0b0c" />
        <image
          href={density}
          x={0}
          y={0}
          width={SIDE}
          height={HEIGHT}
          preserveAspectRatio="none"
          style={{ imageRendering: "pixelated" }}
        />
        {ellipses.map((ellipse) => (
          <Spread key={ellipse.shape.id} {...ellipse} />
        ))}
        <path className={styles["edge"]} d={TRIANGLE} />
        <Shares fontSize={0.85 * fontSize} />
        <g textAnchor="middle" fontSize={fontSize}>
          <text x={0} y={HEIGHT + 1.44 * fontSize}>
            {names[0]}
          </text>
          <text x={SIDE} y={HEIGHT + 1.44 * fontSize}>
            {names[1]}
          </text>
          <text x={SIDE / 2} y={-0.64 * fontSize}>
            {names[2]}
          </text>
        </g>
      </g>
    </svg>
  );
}

/** Each corner's share in percent, where its lines would end: on the left edge, the base and the right edge. */
function Shares({ fontSize }: { readonly fontSize: number }) {
  return (
    <g className={styles["shares"]} fontSize={fontSize}>
      {[0.25, 0.5, 0.75].map((share) => (
        <g key={share}>
          <text x={((1 - share) / 2) * SIDE - 0.4 * fontSize} y={share * HEIGHT - 0.2 * fontSize} textAnchor="end">
            {`${100 * share}\u202f%`}
          </text>
          <text x={share * SIDE} y={HEIGHT + 1.2 * fontSize} textAnchor="middle">
            {`${100 * share}\u202f%`}
          </text>
          <text x={(1 - share / 2) * SIDE + 0.5 * fontSize} y={(1 - share) * HEIGHT + 0.35 * fontSize}>
            {`${100 * share}\u202f%`}
          </text>
        </g>
      ))}
    </g>
  );
}

function Spread({ shape: { mean, deviations, angle }, colour }: Ellipse) {
  const [x, y] = [mean[0] * SIDE, (TERNARY_HEIGHT - mean[1]) * SIDE];
  return (
    <g className={styles["spread"]} stroke={lineColour(colour, "dark")}>
      <ellipse
        cx={x}
        cy={y}
        rx={deviations[0] * SIDE}
        ry={deviations[1] * SIDE}
        transform={`rotate(${(-180 * angle) / Math.PI} ${x} ${y})`}
      />
      <circle cx={x} cy={y} r={2} />
    </g>
  );
}
