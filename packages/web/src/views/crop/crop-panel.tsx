import { formatPercent } from "@sigma-eds/core";
import { useMemo } from "react";
import {
  type Area,
  areaAround,
  areaInFile,
  areaWords,
  countsOfArea,
  cropOf,
  isWhole,
  keptNext,
  sharesOfArea,
  withCrop,
} from "../../session/derived/crop-area.js";
import { workRefusal } from "../../session/refusals.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewSession } from "../../session/view-session.js";
import { CountPicture } from "../../ui/count-picture.js";
import panel from "../../ui/panel/panel.module.css";
import { PanelSection } from "../../ui/panel/panel-section.js";
import { TextButton } from "../../ui/text-button.js";
import type { LoadedImage } from "../../worker/engine-protocol.js";

/** What a crop to the selection would keep, seen before it is made; what the recipe keeps, and the way back to the whole map. */
export function CropPanel({ session }: { readonly session: ViewSession }) {
  const { image, analysis, linked, recipe, actions } = session;
  const { mask } = useSharedValue(linked.selection).value;
  const area = useMemo(() => {
    const grid = analysis?.grid ?? image?.grid;
    if (image === undefined || grid === undefined || mask.length !== grid.width * grid.height * grid.frames) return undefined;
    const around = areaAround(mask, grid);
    return around && areaInFile(around, analysis?.recipe, image.grid);
  }, [image, analysis, mask]);
  if (image === undefined) return null;
  const kept = cropOf(recipe, image.grid);
  const busy = workRefusal(session);
  const isAhead = keptNext(session) !== undefined;
  return (
    <PanelSection title="Crop" aside={isWhole(kept, image.grid) ? "the whole map" : areaWords(kept)}>
      <div className={panel["panel"]}>
        {area === undefined ? (
          <p className={panel["hint"]}>Select a part of the map to see here what a crop to it keeps.</p>
        ) : (
          <Preview image={image} area={area} />
        )}
        {isAhead && <p className={panel["sentence"]}>{AHEAD}</p>}
        <div className={panel["row"]}>
          {area !== undefined && (
            <TextButton
              unavailable={busy}
              onClick={() => actions.changeRecipe((now) => withCrop(now, area), "Cropped to the selection")}
            >
              Crop to the selection
            </TextButton>
          )}
          {!isWhole(kept, image.grid) && (
            <TextButton
              look="plain"
              unavailable={busy}
              onClick={() => actions.changeRecipe((now) => withCrop(now, undefined), "Back to the whole map")}
            >
              Back to the whole map
            </TextButton>
          )}
        </div>
      </div>
    </PanelSection>
  );
}

const AHEAD = "The frame on the map is what the next Find phases keeps. Until then the views show what is there now.";

interface PreviewProps {
  readonly image: LoadedImage;
  readonly area: Area;
}

function Preview({ image, area }: PreviewProps) {
  const [width, height] = [area.x[1] - area.x[0], area.y[1] - area.y[0]];
  const shares = useMemo(() => sharesOfArea(area, image), [area, image]);
  const values = useMemo(() => countsOfArea(area, image), [area, image]);
  const most = useMemo(() => image.countMap.reduce((largest, value) => Math.max(largest, value), 1), [image]);
  const words = `${areaWords(area)}: ${width} × ${height} px, ${formatPercent(shares.pixels)} of the map with ${formatPercent(shares.counts)} of its counts.`;
  return (
    <>
      <CountPicture values={values} width={width} height={height} most={most} name="Counts of what a crop keeps" />
      <p className={panel["sentence"]}>{words}</p>
    </>
  );
}
