import { formatNumber } from "@sigma-eds/core";
import { useCallback, useMemo } from "react";
import { pixelPlace } from "../../session/derived/pixel-values.js";
import type { Colouring } from "../../session/linked.js";
import type { ViewSession } from "../../session/view-session.js";
import { newestOf } from "../../ui/newest.js";
import { placeMapAcross, type Size } from "../../ui/plane/camera.js";
import { colourTable, tableGradient } from "../../ui/raster/colour-table.js";
import { fieldRange } from "../../ui/raster/field-range.js";
import { MapTile } from "../../ui/raster/map-tile.js";
import { tilePicture } from "../../ui/raster/tile-picture.js";
import type { Grid } from "../../worker/engine-protocol.js";

interface Props {
  readonly session: Pick<ViewSession, "linked">;
  readonly grid: Grid;
  readonly colouring: Colouring;
  readonly title: string;
  readonly details: string;
  /** Float32 [pixels], of which the first plane is drawn. */
  readonly data: Float32Array;
  readonly mark?: string | undefined;
  readonly pressed: boolean;
  onChoose(together: boolean): void;
}

/** One number for every pixel as a small map, in the colours and at the place that all maps share. */
export function FieldTile({ session: { linked }, grid, colouring, data, ...tile }: Props) {
  const { percentiles, gamma, colourMap } = colouring;
  const table = colourMap === "vik" || colourMap === "doubt" ? "inferno" : colourMap;
  const range = useMemo(() => fieldRange({ data, fixed: undefined }, percentiles), [data, percentiles]);
  const make = useMemo(() => newestOf(tilePicture), []);
  const picture = useCallback(() => {
    const frame = data.subarray(0, grid.width * grid.height);
    return make([data, range, gamma, table], frame, grid, { from: range.from, to: range.to, gamma, table: colourTable(table) });
  }, [make, data, range, gamma, table, grid]);
  const place = useCallback((view: Size) => placeMapAcross(linked.mapCamera.current.value, grid, view), [linked, grid]);
  const cursor = useCallback(() => pixelPlace(linked.hover.current.value, grid), [linked, grid]);
  return (
    <MapTile
      {...tile}
      range={`${formatNumber(range.from)} to ${formatNumber(range.to)}`}
      gradient={tableGradient(table, "to right")}
      picture={picture}
      place={place}
      cursor={cursor}
      sources={[linked.hover, linked.mapCamera]}
    />
  );
}
