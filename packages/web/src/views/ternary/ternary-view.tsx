import { formatCount, lineColour, lineText } from "@sigma-eds/core";
import { IconCircles } from "@tabler/icons-react";
import { type PointerEvent, useMemo, useRef, useState } from "react";
import type { ClassShape } from "../../session/derived/class-shapes.js";
import { latentIndex, pointsInPolygon } from "../../session/selection/latent-index.js";
import { selectRegion } from "../../session/selection/selecting.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { IconAction } from "../../ui/icon-action.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { colourOf, figureOfTernary, pixelsOfTernary, shapesOf, tableOfTernary } from "./ternary-export.js";
import { TERNARY_HEIGHT, ternaryDensity, ternaryPoints } from "./ternary-points.js";
import styles from "./ternary-view.module.css";

export interface TernarySpec {
  /** Lines at the lower left, the lower right and the top; fewer than three: chosen here. */
  readonly corners: readonly string[];
  /** One standard deviation of every class. */
  readonly ellipses: boolean;
}

const SIDE = 260;
const SCALE = 400;

/** Three lines against each other, all pixels as density; a lasso selects as everywhere. */
export function TernaryView({ session, spec, onSpec }: ViewProps<TernarySpec>) {
  const { analysis, linked, actions } = session;
  const mode = useSharedValue(linked.mode).value;
  const drawing = useRef<SVGSVGElement>(null);
  const [lasso, setLasso] = useState<readonly (readonly [number, number])[]>([]);
  // The pointer may move more often than the view is drawn.
  const outline = useRef<readonly (readonly [number, number])[]>([]);
  const corners = useMemo(
    () => cornersOf(spec, analysis?.elementMaps.map(({ line, data }) => ({ line, data })) ?? []),
    [spec, analysis],
  );
  const points = useMemo(
    () => (analysis === undefined || corners === undefined ? undefined : ternaryPoints(analysis, corners, true)),
    [analysis, corners],
  );
  const picture = useMemo(() => {
    if (points === undefined || analysis === undefined) return undefined;
    const colours = new Map(analysis.classes.map(({ id, colour }) => [id, rgbOf(colour)] as const));
    return pictureUri(ternaryDensity(points, analysis.labels, colours, SIDE), SIDE);
  }, [points, analysis]);
  const shapes = useMemo(() => shapesOf(points, analysis), [points, analysis]);
  const index = useMemo(
    () => (points === undefined ? undefined : latentIndex({ data: points.places, dimensions: 2 }, [0, 1])),
    [points],
  );
  if (analysis === undefined || corners === undefined || points === undefined || index === undefined) {
    return (
      <ViewFrame title="Ternary">
        <EmptyState sentence="A ternary diagram needs maps of three lines." />
      </ViewFrame>
    );
  }
  const placeOf = (event: PointerEvent): readonly [number, number] => {
    const matrix = drawing.current?.getScreenCTM()?.inverse();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    return [at.x / SCALE, TERNARY_HEIGHT - at.y / SCALE];
  };
  const draw = (drawn: readonly (readonly [number, number])[]): void => {
    outline.current = drawn;
    setLasso(drawn);
  };
  const end = (event: PointerEvent): void => {
    const drawn = outline.current;
    draw([]);
    if (drawn.length < 3) return;
    const mask = pointsInPolygon(index, drawn);
    const held = event.shiftKey && event.altKey ? "intersect" : event.shiftKey ? "add" : event.altKey ? "subtract" : mode;
    selectRegion(session, { mask, made: "Lasso in the ternary" }, held, "ternary");
  };
  const exported = { analysis, corners, shapes, density: picture };
  const choices = analysis.elementMaps.map(({ line }) => ({ value: line, label: lineText(line) }));
  const path = lasso.map(([x, y], i) => `${i === 0 ? "M" : "L"}${x * SCALE} ${(TERNARY_HEIGHT - y) * SCALE}`).join("");
  const height = TERNARY_HEIGHT * SCALE;
  const names = corners.map(lineText);
  return (
    <ViewFrame
      title="Ternary"
      tables={[
        { id: "ternary", title: "Means of classes", make: () => tableOfTernary(exported) },
        { id: "ternary-pixels", title: "All pixels", make: () => pixelsOfTernary(points, analysis, corners) },
      ]}
      controls={corners.map((line, i) => (
        <Choice
          key={["left", "right", "top"][i]}
          label={`Corner: ${["lower left", "lower right", "top"][i]}`}
          value={line}
          choices={choices}
          onChange={(next) => onSpec({ ...spec, corners: corners.map((old, j) => (j === i ? next : old === next ? line : old)) })}
        />
      ))}
      actions={
        <>
          <IconAction
            icon={IconCircles}
            label="Ellipses of 1σ"
            pressed={spec.ellipses}
            onClick={() => onSpec({ ...spec, ellipses: !spec.ellipses })}
          />
          <ExportMenu
            items={[
              {
                label: "Figure (SVG, PNG, TIFF)...",
                run: () => actions.exportFigure(figureOfTernary({ ...exported, ellipses: spec.ellipses })),
              },
            ]}
          />
        </>
      }
    >
      <div className={styles["place"]}>
        <svg
          ref={drawing}
          className={styles["drawing"]}
          viewBox={`-40 -26 ${SCALE + 80} ${height + 52}`}
          role="img"
          aria-label={`Ternary diagram of ${names.join(", ")}: shares of counts of all ${labelsCount(points)} pixels.`}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            draw([placeOf(event)]);
          }}
          onPointerMove={(event) => outline.current.length > 0 && draw([...outline.current, placeOf(event)])}
          onPointerUp={end}
          onPointerCancel={() => draw([])}
        >
          <path d={`M0 ${height}H${SCALE}L${SCALE / 2} 0z`} fill="#0b0b0c" />
          <image
            href={picture}
            x={0}
            y={0}
            width={SCALE}
            height={height}
            preserveAspectRatio="none"
            style={{ imageRendering: "pixelated" }}
          />
          {spec.ellipses && shapes.map((shape) => <Spread key={shape.id} shape={shape} colour={colourOf(analysis, shape.id)} />)}
          <path className={styles["edge"]} d={`M0 ${height}H${SCALE}L${SCALE / 2} 0z`} />
          <text x={0} y={height + 18} textAnchor="middle">
            {names[0]}
          </text>
          <text x={SCALE} y={height + 18} textAnchor="middle">
            {names[1]}
          </text>
          <text x={SCALE / 2} y={-8} textAnchor="middle">
            {names[2]}
          </text>
          {lasso.length > 1 && <path className={styles["lasso"]} d={`${path}z`} />}
        </svg>
      </div>
      <p className={styles["hint"]}>All {labelsCount(points)} pixels, means of 3 × 3</p>
    </ViewFrame>
  );
}

function Spread({ shape: { mean, deviations, angle }, colour }: { readonly shape: ClassShape; readonly colour: string }) {
  const [x, y] = [mean[0] * SCALE, (TERNARY_HEIGHT - mean[1]) * SCALE];
  return (
    <g className={styles["spread"]} stroke={lineColour(colour, "dark")}>
      <ellipse
        cx={x}
        cy={y}
        rx={deviations[0] * SCALE}
        ry={deviations[1] * SCALE}
        transform={`rotate(${(-180 * angle) / Math.PI} ${x} ${y})`}
      />
      <circle cx={x} cy={y} r={2} />
    </g>
  );
}

function labelsCount({ places }: { readonly places: Float32Array }): string {
  return formatCount(places.length / 2);
}

/** The chosen corners, or the three lines whose maps vary most. */
function cornersOf(
  { corners }: TernarySpec,
  maps: readonly { readonly line: string; readonly data: Float32Array }[],
): readonly [string, string, string] | undefined {
  const known = corners.filter((line) => maps.some((map) => map.line === line));
  const spread = (data: Float32Array): number => {
    const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
    return data.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / data.length;
  };
  const others = maps
    .filter(({ line }) => !known.includes(line))
    .map(({ line, data }) => ({ line, spread: spread(data) }))
    .sort((a, b) => b.spread - a.spread);
  const [left, right, top] = [...known, ...others.map(({ line }) => line)];
  return left === undefined || right === undefined || top === undefined ? undefined : [left, right, top];
}

function rgbOf(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function pictureUri(data: Uint8ClampedArray<ArrayBuffer>, side: number): string | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext("2d");
  if (context === null) return undefined;
  context.putImageData(new ImageData(data, side, side), 0, 0);
  return canvas.toDataURL("image/png");
}
