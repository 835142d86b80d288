import { formatNumber, formatPercent } from "@sigma-eds/core";
import { useCallback, useMemo } from "react";
import { abundanceField, type PixelField, pixelPlace, residualField, shownGrid } from "../../session/derived/pixel-values.js";
import { resultTag } from "../../session/tag.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
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
import type { Grid } from "../../worker/engine-protocol.js";

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
  const tag = resultTag(session);
  return (
    <ViewFrame title="Abundances" controls={<Hint>{`${formatPercent(unmixing.unexplainedShare)} of counts not explained`}</Hint>}>
      <TileGrid label="Abundance maps">
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
  const pressed = index !== undefined && colouring.by.kind === "abundance" && colouring.by.index === index;
  return (
    <MapTile
      title={title}
      details={index === undefined ? "distance of the fit from the counts, standard errors" : "share of the pixel's counts"}
      range={`${formatNumber(range.from)} to ${formatNumber(range.to)}`}
      gradient={tableGradient(table, "to right")}
      picture={picture}
      place={place}
      cursor={cursor}
      sources={[linked.hover, linked.mapCamera]}
      {...(index === undefined
        ? {}
        : {
            pressed,
            onChoose: () =>
              linked.colouring.set(
                { ...colouring, by: pressed ? { kind: "class" } : { kind: "abundance", index } },
                ABUNDANCES_SOURCE,
              ),
          })}
    />
  );
}
