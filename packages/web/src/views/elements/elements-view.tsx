import { lineText } from "@sigma-eds/core";
import { useMemo } from "react";
import { type Cell, classColumns, type DataTable, dataTable, withDecimals } from "../../session/data-table.js";
import { linesBySignificance } from "../../session/derived/line-order.js";
import { mixColour, toggledMix } from "../../session/derived/mix-colours.js";
import { lineField, shownGrid } from "../../session/derived/pixel-values.js";
import { allFigures } from "../../session/figures/all-figures.js";
import type { Colouring } from "../../session/linked.js";
import { resultTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { Hint } from "../../ui/hint.js";
import { TileGrid } from "../../ui/raster/tile-grid.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import type { AnalysisSnapshot, Grid } from "../../worker/engine-protocol.js";
import { EarlyMaps } from "./early-maps.js";
import styles from "./elements-view.module.css";
import { FieldTile } from "./field-tile.js";
import { type MapMethod, mapDetails, mapMethodOf, recipeWithMapMethod } from "./map-method.js";
import { RareStrip } from "./rare-strip.js";

export const ELEMENTS_SOURCE = "elements";

type ElementMap = AnalysisSnapshot["elementMaps"][number];

/** One small map for each line, the most telling first. A click makes it the fill of the large maps; with Ctrl it joins the mix. */
export function ElementsView({ session }: ViewProps<Record<string, never>>) {
  const { analysis } = session;
  const grid = shownGrid(session);
  const colouring = useSharedValue(session.linked.colouring).value;
  const maps = useMemo(() => inOrder(analysis), [analysis]);
  if (grid === undefined || maps.length === 0) {
    return (
      <ViewFrame
        title="Elements"
        controls={<Hint>{grid === undefined ? "" : "Strongest peaks first. Click: fill of the map."}</Hint>}
      >
        {grid === undefined ? (
          <EmptyState sentence="No maps yet. Open a file." />
        ) : (
          <EarlyMaps session={session} grid={grid} colouring={colouring} />
        )}
      </ViewFrame>
    );
  }
  const tag = resultTag(session);
  return (
    <ViewFrame
      title="Elements"
      tables={
        analysis === undefined
          ? undefined
          : [{ id: "element-means", title: "Mean counts per class", make: () => elementMeans(analysis) }]
      }
      controls={
        <>
          <MethodChoice session={session} />
          <MixState session={session} colouring={colouring} />
        </>
      }
      actions={<ElementsExport session={session} />}
    >
      <div className={styles["layout"]}>
        <RareStrip session={session} />
        <div className={styles["tiles"]}>
          <TileGrid label={`Element maps. ${ORDER}. Control and click mixes several.`} shape={grid}>
            {maps.map((map) => (
              <ElementTile key={map.line} session={session} map={map} grid={grid} colouring={colouring} />
            ))}
          </TileGrid>
        </div>
      </div>
      {tag !== undefined && <ViewTag>{tag}</ViewTag>}
    </ViewFrame>
  );
}

const methods: readonly { readonly value: MapMethod; readonly label: string; readonly name: string }[] = [
  { value: "windows", label: "Windows", name: "Counts in a window around each line" },
  { value: "fit", label: "Fit", name: "Net counts of a fit of all lines: overlapping lines come apart" },
];

/** How the maps are counted: a change of the recipe, so that later steps are run again. */
function MethodChoice({ session: { recipe, actions } }: Pick<MixProps, "session">) {
  return (
    <Segmented
      label="Maps are counted by"
      value={mapMethodOf(recipe)}
      choices={methods}
      onChange={(method) => actions.changeRecipe((now) => recipeWithMapMethod(now, method))}
    />
  );
}

function ElementsExport({ session }: Pick<MixProps, "session">) {
  const { image, analysis, actions } = session;
  if (image === undefined || analysis === undefined) return null;
  const figures = (): void => {
    const byLine = new Map(analysis.elementMaps.map(({ line }) => [`Map: ${lineText(line)}`, line]));
    actions.exportFigure(...allFigures(image, analysis).filter(({ id, title }) => id === "element-maps" || byLine.has(title)));
  };
  return <ExportMenu items={[{ label: "Figures (SVG, PNG, TIFF)...", run: figures }]} />;
}

/** A row per class: mean counts per pixel in every map. */
function elementMeans({ elementMaps, classes, labels }: AnalysisSnapshot): DataTable {
  const rows = classes.map(({ id, name, pixels }): Cell[] => {
    const means = elementMaps.map(({ data }) => {
      let sum = 0;
      for (let p = 0; p < data.length; p++) if (labels?.[p] === id) sum += data[p]!;
      return pixels === 0 ? Number.NaN : sum / pixels;
    });
    return [id, name, pixels, ...means];
  });
  const columns = elementMaps.map(({ line }) => ({
    name: `${line}_mean`,
    title: lineText(line),
    unit: "counts per pixel",
    shown: withDecimals(2),
  }));
  return dataTable([...classColumns, { name: "pixels", title: "Pixels" }, ...columns], rows);
}

function inOrder(analysis: AnalysisSnapshot | undefined): ElementMap[] {
  const maps = analysis?.elementMaps ?? [];
  const order = linesBySignificance(
    maps.map(({ line }) => line),
    analysis?.classes ?? [],
  );
  return order.flatMap((line) => maps.find((map) => map.line === line) ?? []);
}

interface MixProps {
  readonly session: ViewSession;
  readonly colouring: Colouring;
}

/** Of the tiles. */
const ORDER = "What tells classes apart comes first";

/** What of the grid colours the maps, and the way back to classes. */
function MixState({ session, colouring }: MixProps) {
  const { by } = colouring;
  if (by.kind !== "line" && by.kind !== "mix") return <Hint>{`${ORDER}. Click: fill of the map. Ctrl-click: mix.`}</Hint>;
  const text = by.kind === "line" ? lineText(by.line) : by.lines.map(lineText).join(" + ");
  const back = (): void => session.linked.colouring.set({ ...colouring, by: { kind: "class" } }, ELEMENTS_SOURCE);
  return (
    <>
      <Hint more={`${ORDER}.`}>{text}</Hint>
      <TextButton look="plain" onClick={back}>
        Back to classes
      </TextButton>
    </>
  );
}

interface TileProps extends MixProps {
  readonly map: ElementMap;
  readonly grid: Grid;
}

function ElementTile({ session, map, grid, colouring }: TileProps) {
  const { linked } = session;
  const { line } = map;
  const data = useMemo(() => lineField(line, { analysis: session.analysis })?.data ?? map.data, [line, session.analysis, map]);
  const { by } = colouring;
  const inMix = by.kind === "mix" ? by.lines.indexOf(line) : -1;
  return (
    <FieldTile
      session={session}
      grid={grid}
      colouring={colouring}
      title={lineText(line)}
      details={mapDetails(map)}
      data={data}
      mark={inMix < 0 ? undefined : mixColour(inMix, colouring.mixPalette)}
      pressed={(by.kind === "line" && by.line === line) || inMix >= 0}
      onChoose={(together) => linked.colouring.set({ ...colouring, by: chosen(by, line, together) }, ELEMENTS_SOURCE)}
    />
  );
}

function chosen(by: Colouring["by"], line: string, together: boolean): Colouring["by"] {
  if (!together) return by.kind === "line" && by.line === line ? { kind: "class" } : { kind: "line", line };
  const before = by.kind === "mix" ? by.lines : by.kind === "line" ? [by.line] : [];
  const lines = toggledMix(before, line);
  if (lines.length === 0) return { kind: "class" };
  return lines.length === 1 ? { kind: "line", line: lines[0]! } : { kind: "mix", lines };
}
