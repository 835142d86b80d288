import { countOf, formatCount, isSigmaError, lineText } from "@sigma-eds/core";
import { useEffect, useMemo, useState } from "react";
import type { Colouring } from "../../session/linked.js";
import { linesMarked } from "../../session/marked-lines.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { TileGrid } from "../../ui/raster/tile-grid.js";
import { TextButton } from "../../ui/text-button.js";
import type { Grid, LoadedImage } from "../../worker/engine-protocol.js";
import { type EarlyLine, earlyLines } from "./early-lines.js";
import { FieldTile } from "./field-tile.js";
import { mapDetails } from "./map-method.js";

/** Each map is a pass over all counts: of larger ones they wait until they are asked for. */
const MOST_PIXELS = 1_500_000;
const SOURCE = "elements";

interface Props {
  readonly session: ViewSession;
  readonly grid: Grid;
  readonly colouring: Colouring;
}

/** Counts around the lines that are marked, one small map each, before anything is analysed. A click shows it in the large maps. */
export function EarlyMaps({ session, grid, colouring }: Props) {
  const { image, linked } = session;
  const marked = linesMarked(session).join(" ");
  const lines = useMemo(() => (image === undefined ? [] : earlyLines(image, marked.split(" "))), [image, marked]);
  const isSmall = grid.width * grid.height * grid.frames <= MOST_PIXELS;
  const [asked, setAsked] = useState(false);
  const maps = useEarlyMaps(session, isSmall || asked ? lines : []);
  useClassesAfterwards(linked, lines);
  const shown = useSharedValue(linked.energyWindow).value;
  if (lines.length === 0)
    return <EmptyState sentence="No X-ray line is marked. Mark an element in the periodic table, or find the phases." />;
  if (!isSmall && !asked) {
    const pixels = formatCount(grid.width * grid.height * grid.frames);
    return (
      <EmptyState sentence={`${pixels} pixels: each element map is a pass over all counts, so they wait until you want them.`}>
        <TextButton onClick={() => setAsked(true)}>Map {countOf(lines.length, "element line")}</TextButton>
      </EmptyState>
    );
  }
  const choose = ({ line, fromKev, toKev }: EarlyLine, isShown: boolean): void => {
    linked.energyWindow.set(isShown ? undefined : { fromKev, toKev, name: line }, SOURCE);
    linked.colouring.set({ ...colouring, by: isShown ? { kind: "class" } : { kind: "window" } }, SOURCE);
  };
  return (
    <TileGrid label="Counts around the X-ray lines that are marked." shape={grid}>
      {lines.map((early) => {
        const data = maps.get(early.line);
        if (data === undefined) return null;
        const isShown = shown?.name === early.line && colouring.by.kind === "window";
        return (
          <FieldTile
            key={early.line}
            session={session}
            grid={grid}
            colouring={colouring}
            title={lineText(early.line)}
            details={
              image?.channelLines === undefined
                ? mapDetails({ ...early, background: "none", variance: undefined })
                : "as it is in the file"
            }
            data={data}
            pressed={isShown}
            onChoose={() => choose(early, isShown)}
          />
        );
      })}
    </TileGrid>
  );
}

/** The maps by line, as they come: one question after the other, so that others are heard between them. */
function useEarlyMaps(
  { engine, image }: Pick<ViewSession, "engine" | "image">,
  lines: readonly EarlyLine[],
): ReadonlyMap<string, Float32Array> {
  const [known, setKnown] = useState<{ readonly of: LoadedImage | undefined; readonly maps: ReadonlyMap<string, Float32Array> }>({
    of: undefined,
    maps: new Map(),
  });
  useEffect(() => {
    let wanted = true;
    const ask = async (): Promise<void> => {
      for (const { line, fromKev, toKev } of lines) {
        const data = await engine.windowMap(fromKev, toKev);
        if (!wanted) return;
        setKnown(({ of, maps }) => ({ of: image, maps: new Map(of === image ? maps : []).set(line, data) }));
      }
    };
    // Refused where something else is being opened, or run: what is shown then is that.
    ask().catch((error: unknown) => {
      if (!isSigmaError(error)) throw error;
    });
    return () => {
      wanted = false;
    };
  }, [engine, image, lines]);
  return known.of === image ? known.maps : NOTHING;
}

/** Who looked at a line here and goes on to find phases wants to see these, and not the line. */
function useClassesAfterwards({ colouring, energyWindow }: ViewSession["linked"], lines: readonly EarlyLine[]): void {
  useEffect(
    () => () => {
      const { name } = energyWindow.current.value ?? {};
      const now = colouring.current.value;
      if (now.by.kind !== "window" || !lines.some(({ line }) => line === name)) return;
      colouring.set({ ...now, by: { kind: "class" } }, SOURCE);
      energyWindow.set(undefined, SOURCE);
    },
    [colouring, energyWindow, lines],
  );
}

const NOTHING: ReadonlyMap<string, Float32Array> = new Map();
