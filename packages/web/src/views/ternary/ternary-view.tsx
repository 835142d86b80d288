import { formatCount, lineColour, lineText } from "@sigma-eds/core";
import { IconCircles } from "@tabler/icons-react";
import { useDeferredValue, useMemo } from "react";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { Choice } from "../../ui/choice.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { IconAction } from "../../ui/icon-action.js";
import { ViewFrame } from "../../ui/view-frame.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { colourOf, figureOfTernary, pixelsOfTernary, shapesOf, tableOfTernary } from "./ternary-export.js";
import { type TernaryPoints, ternaryDensity, ternaryPoints } from "./ternary-points.js";
import { TernaryTools } from "./ternary-tools.js";
import styles from "./ternary-view.module.css";

export interface TernarySpec {
  /** Lines at the lower left, the lower right and the top; fewer than three: chosen here. */
  readonly corners: readonly string[];
  /** One standard deviation of every class. */
  readonly ellipses: boolean;
}

/** Cells of the density along a side. */
const CELLS = 260;

/** Three lines against each other, all pixels as density; the tools of the belt select as everywhere. */
export function TernaryView({ session, spec, onSpec }: ViewProps<TernarySpec>) {
  const { analysis, linked, actions } = session;
  const { mask } = useDeferredValue(useSharedValue(linked.selection).value);
  const corners = useMemo(
    () => cornersOf(spec, analysis?.elementMaps.map(({ line, data }) => ({ line, data })) ?? []),
    [spec, analysis],
  );
  const points = useMemo(
    () => (analysis === undefined || corners === undefined ? undefined : ternaryPoints(analysis, corners, true)),
    [analysis, corners],
  );
  const plain = useMemo(() => densityUri(points, analysis), [points, analysis]);
  const lit = useMemo(() => (mask.includes(1) ? densityUri(points, analysis, mask) : plain), [points, analysis, mask, plain]);
  const shapes = useMemo(() => shapesOf(points, analysis), [points, analysis]);
  if (analysis === undefined || corners === undefined || points === undefined) {
    return (
      <ViewFrame title="Ternary">
        <EmptyState sentence="A ternary diagram needs maps of three lines." />
      </ViewFrame>
    );
  }
  const exported = { analysis, corners, shapes, density: plain };
  const choices = analysis.elementMaps.map(({ line }) => ({ value: line, label: lineText(line) }));
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
      <TernaryTools
        session={session}
        points={points}
        names={names}
        density={lit}
        ellipses={spec.ellipses ? shapes.map((shape) => ({ shape, colour: colourOf(analysis, shape.id) })) : []}
        label={`Ternary diagram of ${names.join(", ")}: shares of counts of all ${labelsCount(points)} pixels.`}
      />
      <p className={styles["hint"]}>All {labelsCount(points)} pixels, means of 3 × 3</p>
    </ViewFrame>
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

/** The density as a picture; selected pixels are white in it. */
function densityUri(
  points: TernaryPoints | undefined,
  analysis: AnalysisSnapshot | undefined,
  selected?: Uint8Array,
): string | undefined {
  if (points === undefined || analysis === undefined) return undefined;
  const colours = new Map(analysis.classes.map(({ id, colour }) => [id, rgbOf(lineColour(colour, "dark"))] as const));
  return pictureUri(ternaryDensity(points, analysis.labels, colours, CELLS, selected), CELLS);
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
