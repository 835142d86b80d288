import { endmembersAreOlder, formatNumber, formatPercent, writeNpy } from "@sigma-eds/core";
import { useCallback, useMemo } from "react";
import { type DataTable, dataTable, type OfferedTable } from "../../session/data-table.js";
import { mixColour, toggledMix } from "../../session/derived/mix-colours.js";
import {
  abundanceField,
  endmemberName,
  type PixelField,
  pixelPlace,
  residualField,
  shownGrid,
} from "../../session/derived/pixel-values.js";
import { mapFigures } from "../../session/figures/map-figures.js";
import { abundanceGrid } from "../../session/figures/map-grids.js";
import { fileStem } from "../../session/file-stem.js";
import type { Colouring } from "../../session/linked.js";
import { resultTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { Hint } from "../../ui/hint.js";
import { newestOf } from "../../ui/newest.js";
import { placeMapAcross, type Size } from "../../ui/plane/camera.js";
import { colourTable, tableGradient } from "../../ui/raster/colour-table.js";
import { fieldRange } from "../../ui/raster/field-range.js";
import { MapTile } from "../../ui/raster/map-tile.js";
import { TileGrid } from "../../ui/raster/tile-grid.js";
import { tilePicture } from "../../ui/raster/tile-picture.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { ViewTag } from "../../ui/view-tag.js";
import type { AnalysisSnapshot, Grid } from "../../worker/engine-protocol.js";

const ABUNDANCES_SOURCE = "abundances";

/** How much of each endmember every pixel holds, all from 0 to 1, and what the fit does not explain. */
export function AbundancesView({ session }: ViewProps<Record<string, never>>) {
  const grid = shownGrid(session);
  const unmixing = session.analysis?.unmixing;
  if (grid === undefined || unmixing === undefined) {
    return (
      <ViewFrame title="Abundances">
        <EmptyState sentence="No endmembers yet. Unmix makes them." />
      </ViewFrame>
    );
  }
  const residual = residualField(session.analysis);
  const isOlder = session.analysis !== undefined && endmembersAreOlder(session.analysis);
  const tag = resultTag(session) ?? (isOlder ? "as found, before the edits" : undefined);
  return (
    <ViewFrame
      title="Abundances"
      tables={session.analysis === undefined ? undefined : [meanTable(session.analysis, unmixing)]}
      controls={
        <Hint more="Click a map: it fills the large one. Ctrl-click: a mix.">
          {`${formatPercent(unmixing.unexplainedShare)} of counts not explained`}
        </Hint>
      }
      actions={<AbundancesExport session={session} grid={grid} />}
    >
      <TileGrid label="Abundance maps" shape={grid}>
        {unmixing.endmembers.map((_, index) => {
          const field = abundanceField(index, session.analysis);
          return field && <FieldTile key={field.title} session={session} grid={grid} field={field} index={index} />;
        })}
        {residual && <FieldTile session={session} grid={grid} field={residual} index={undefined} />}
      </TileGrid>
      {tag !== undefined && <ViewTag>{tag}</ViewTag>}
    </ViewFrame>
  );
}

/** The mix or the endmember that colours the maps first, then each endmember. */
function AbundancesExport({ session, grid }: Pick<TileProps, "session" | "grid">) {
  const { image, analysis, actions, linked } = session;
  if (image === undefined || analysis?.unmixing === undefined) return null;
  const { endmembers, abundances } = analysis.unmixing;
  const stem = fileStem(image.name);
  const figures = (): void => {
    const sources = { image, analysis, window: undefined, windowMap: undefined };
    const colouring = linked.colouring.current.value;
    const shown = { grid, frame: 0, sources, colouring, classes: [], base: undefined };
    const of = (by: Colouring["by"]) => mapFigures({ ...shown, colouring: { ...colouring, by } });
    const together = abundanceGrid(shown, analysis);
    const mixed = colouring.by.kind === "abundance-mix" ? of(colouring.by) : [];
    const singles = endmembers.flatMap((_, index) => of({ kind: "abundance", index }));
    actions.exportFigure(...mixed, ...(together === undefined ? [] : [together]), ...singles);
  };
  const values = (): void => {
    const shape = [...(grid.frames === 1 ? [] : [grid.frames]), grid.height, grid.width, endmembers.length];
    actions.download(`${stem}-abundances.npy`, writeNpy({ data: abundances, shape }), "application/octet-stream");
  };
  return (
    <ExportMenu
      items={[
        { label: "Figures (SVG, PNG, TIFF)...", run: figures },
        { label: "Values (NPY)", run: values },
      ]}
    />
  );
}

function meanTable(analysis: AnalysisSnapshot, unmixing: Unmixing): OfferedTable {
  return { id: "abundances", title: "Mean abundances", make: () => meanAbundances(analysis, unmixing) };
}

function meanAbundances(analysis: AnalysisSnapshot, { endmembers, abundances }: Unmixing): DataTable {
  return dataTable(
    [
      { name: "endmember", title: "Endmember" },
      { name: "mean_abundance", title: "Mean abundance" },
    ],
    endmembers.map((_, j) => {
      let sum = 0;
      for (let p = j; p < abundances.length; p += endmembers.length) sum += abundances[p]!;
      return [endmemberName(j, analysis), (sum * endmembers.length) / Math.max(1, abundances.length)];
    }),
  );
}

type Unmixing = NonNullable<AnalysisSnapshot["unmixing"]>;

interface TileProps {
  readonly session: ViewSession;
  readonly grid: Grid;
  readonly field: PixelField;
  /** Of the endmember; none for the residual. */
  readonly index: number | undefined;
}

const percentiles = [1, 99.5] as const;

function FieldTile({ session: { linked }, grid, field, index }: TileProps) {
  const colouring = useSharedValue(linked.colouring).value;
  const range = useMemo(() => fieldRange(field, percentiles), [field]);
  const make = useMemo(() => newestOf(tilePicture), []);
  const { data, table, title } = field;
  const picture = useCallback(
    () =>
      make([data], data.subarray(0, grid.width * grid.height), grid, {
        from: range.from,
        to: range.to,
        gamma: 1,
        table: colourTable(table),
      }),
    [make, data, grid, range, table],
  );
  const place = useCallback((view: Size) => placeMapAcross(linked.mapCamera.current.value, grid, view), [linked, grid]);
  const cursor = useCallback(() => pixelPlace(linked.hover.current.value, grid), [linked, grid]);
  const { by } = colouring;
  const inMix = by.kind === "abundance-mix" && index !== undefined ? by.indices.indexOf(index) : -1;
  const pressed = inMix >= 0 || (index !== undefined && by.kind === "abundance" && by.index === index);
  return (
    <MapTile
      title={title}
      details={index !== undefined ? "share of the pixel" : field.signed ? "misfit, 0 is noise" : "misfit, 1 is noise"}
      range={field.signed ? `±${formatNumber(range.to, 2)} σ` : `${formatNumber(range.from)} to ${formatNumber(range.to)}`}
      gradient={tableGradient(table, "to right")}
      mark={inMix < 0 ? undefined : mixColour(inMix, colouring.mixPalette)}
      picture={picture}
      place={place}
      cursor={cursor}
      sources={[linked.hover, linked.mapCamera]}
      {...(index === undefined
        ? {}
        : {
            pressed,
            onChoose: (together: boolean) =>
              linked.colouring.set({ ...colouring, by: chosen(by, index, together) }, ABUNDANCES_SOURCE),
          })}
    />
  );
}

/** A click shows an endmember alone and a second one the classes; with Ctrl it goes into a mix or out of it. */
function chosen(by: Colouring["by"], index: number, together: boolean): Colouring["by"] {
  if (!together) return by.kind === "abundance" && by.index === index ? { kind: "class" } : { kind: "abundance", index };
  const before = by.kind === "abundance-mix" ? by.indices : by.kind === "abundance" ? [by.index] : [];
  const indices = toggledMix(before, index);
  if (indices.length === 0) return { kind: "class" };
  return indices.length === 1 ? { kind: "abundance", index: indices[0]! } : { kind: "abundance-mix", indices };
}
