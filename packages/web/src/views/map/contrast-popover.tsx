import { Popover } from "@mantine/core";
import { formatFixed } from "@sigma-eds/core";
import { IconContrast } from "@tabler/icons-react";
import { useState } from "react";
import {
  mixPercentilesOf,
  type Percentiles,
  percentilesText,
  percentText,
  usualPercentiles,
} from "../../session/derived/contrast.js";
import { type MixPalette, mixColour, mixPalettes } from "../../session/derived/mix-colours.js";
import { type PixelField, valuesOf } from "../../session/derived/pixel-values.js";
import type { Colouring } from "../../session/linked.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { ContrastChart } from "../../ui/charts/contrast-chart.js";
import { foldRank } from "../../ui/header/header-parts.js";
import { useOffered } from "../../ui/host.js";
import { IconAction } from "../../ui/icon-action.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { offeredOf, type PickGroup, PickMenu } from "../../ui/pick-menu.js";
import { tableGradient } from "../../ui/raster/colour-table.js";
import { fieldRange } from "../../ui/raster/field-range.js";
import { percentileOf, rankedValues } from "../../ui/raster/ranked-values.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ThinSlider } from "../../ui/thin-slider.js";
import { useMapColouring } from "./map-colouring.js";
import { legendOf } from "./map-picture.js";
import type { MapSpec } from "./map-spec.js";
import styles from "./map-view.module.css";

const colourMaps = ["inferno", "grey", "viridis", "cividis", "vik"] as const;
const MIX = "Colours of the mix";

/** Which values have the first and the last colour, how colours go from one to the other, and which they are. */
export function ContrastPopover(props: ViewProps<MapSpec>) {
  const { session } = props;
  const { colouring, choose } = useMapColouring(props);
  const [open, setOpen] = useState(false);
  const window = useSharedValue(session.linked.energyWindow).value;
  const windowMap = useSharedValue(session.answers.windowMap).value.value;
  const { image, analysis } = session;
  const values = valuesOf(colouring.by, { image, analysis, window, windowMap });
  const fields = values.kind === "mix" ? values.fields : values.kind === "field" ? [values.field] : [];
  const isMix = values.kind === "mix";
  const takesColourMap = values.kind === "field" && values.field.table === "inferno";
  const maps = colourMapGroup(colouring, choose);
  const palettes = mixPalettes.map((value) => ({ value, label: value.split("-").join(", ") }));
  const mix = (mixPalette: MixPalette): void => choose({ ...colouring, mixPalette });
  useOffered([
    ...(takesColourMap ? offeredOf("Colour map", maps) : []),
    ...(isMix ? palettes : []).map(({ value, label }) => ({ title: `${MIX}: ${label}`, run: () => mix(value) })),
  ]);
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" shadow="md" width={330} withinPortal trapFocus returnFocus>
      <Popover.Target>
        <MenuAnchor>
          <IconAction
            icon={IconContrast}
            label="Contrast and colour map"
            folds={foldRank.segments}
            onClick={() => setOpen(!open)}
          />
        </MenuAnchor>
      </Popover.Target>
      <Popover.Dropdown className={styles["contrast"]}>
        {fields.map((field, i) => (
          <FieldContrast key={field.title} field={field} place={isMix ? i : undefined} colouring={colouring} choose={choose} />
        ))}
        <ThinSlider
          label="Gamma"
          min={0.3}
          max={3}
          step={0.05}
          width={130}
          value={colouring.gamma}
          text={formatFixed(colouring.gamma, 2)}
          onChange={(gamma) => choose({ ...colouring, gamma })}
        />
        {isMix && <Segmented label={MIX} value={colouring.mixPalette ?? "red-green-blue"} choices={palettes} onChange={mix} />}
        {takesColourMap && <PickMenu label="Colour map" text={colouring.colourMap} groups={[maps]} />}
        {!isUsual(colouring) && (
          <TextButton offered={false} onClick={() => choose(asUsual(colouring))}>
            {`Back to ${percentilesText(usualPercentiles)}, gamma 1`}
          </TextButton>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface FieldProps {
  readonly field: PixelField;
  /** In a mix. */
  readonly place: number | undefined;
  readonly colouring: Colouring;
  choose(colouring: Colouring): void;
}

function FieldContrast({ field, place, colouring, choose }: FieldProps) {
  const { title, unit, data, fixed } = field;
  const inMix = place !== undefined;
  const percentiles = inMix ? mixPercentilesOf(colouring, title) : colouring.percentiles;
  const values = rankedValues(data);
  const { from, to } = fieldRange(field, percentiles);
  const change = (next: Percentiles): void =>
    choose(
      inMix
        ? { ...colouring, mixPercentiles: { ...colouring.mixPercentiles, [title]: next } }
        : { ...colouring, percentiles: next },
    );
  const moved = (range: readonly [number, number], end: "low" | "high"): void => {
    const [low, high] = [percentileOf(values, range[0], "low"), percentileOf(values, range[1], "high")];
    // The end that was not moved stays exactly where it is, unless the range was that of all values for lack of another.
    const isOwn = percentiles[0] < high && low < percentiles[1];
    change(!isOwn ? [low, high] : end === "low" ? [low, percentiles[1]] : [percentiles[0], high]);
  };
  return (
    <div>
      <div className={styles["spread"]}>
        {inMix && <i style={{ background: mixColour(place, colouring.mixPalette) }} aria-hidden />}
        <strong>{title}</strong>
        <span>{fixed === undefined ? percentilesText(percentiles) : "the same range in every map"}</span>
      </div>
      <ContrastChart
        name={title}
        unit={unit}
        values={values}
        range={[from, to]}
        endWords={[`percentile ${percentText(percentiles[0])}`, `percentile ${percentText(percentiles[1])}`]}
        ramp={
          inMix
            ? `linear-gradient(to right, #000, ${mixColour(place, colouring.mixPalette)})`
            : tableGradient(legendOf(field, colouring).table, "to right")
        }
        onRange={fixed === undefined ? moved : undefined}
      />
    </div>
  );
}

function isUsual({ percentiles, mixPercentiles, gamma }: Colouring): boolean {
  const own = Object.keys(mixPercentiles ?? {}).length;
  return own === 0 && gamma === 1 && percentiles[0] === usualPercentiles[0] && percentiles[1] === usualPercentiles[1];
}

function asUsual(colouring: Colouring): Colouring {
  return { ...colouring, percentiles: usualPercentiles, mixPercentiles: undefined, gamma: 1 };
}

function colourMapGroup(colouring: Colouring, choose: (colouring: Colouring) => void): PickGroup {
  return {
    title: "Colour map",
    items: colourMaps.map((name) => ({
      id: name,
      label: name,
      chosen: name === colouring.colourMap,
      choose: () => choose({ ...colouring, colourMap: name }),
    })),
  };
}
