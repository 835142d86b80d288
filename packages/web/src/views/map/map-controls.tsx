import { Popover, RangeSlider } from "@mantine/core";
import { formatFixed, formatNumber } from "@sigma-eds/core";
import { IconArrowsHorizontal, IconContrast, IconLink, IconLinkOff, IconTexture } from "@tabler/icons-react";
import { useState } from "react";
import { colouringGroups, colouringText } from "../../session/colouring-choices.js";
import { type MixPalette, mixPalettes } from "../../session/derived/mix-colours.js";
import type { Colouring } from "../../session/linked.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { foldRank } from "../../ui/header/header-parts.js";
import { useOffered } from "../../ui/host.js";
import { IconAction } from "../../ui/icon-action.js";
import { MenuAnchor } from "../../ui/menu-anchor.js";
import { offeredOf, type PickGroup, PickMenu } from "../../ui/pick-menu.js";
import { ratioGroups } from "../../ui/ratio-groups.js";
import { Segmented } from "../../ui/segmented.js";
import { TextButton } from "../../ui/text-button.js";
import { ThinSlider } from "../../ui/thin-slider.js";
import { MAP_SOURCE } from "./map-acts.js";
import type { MapBase, MapSpec } from "./map-spec.js";
import styles from "./map-view.module.css";

type Props = ViewProps<MapSpec>;

/** What colours this map: its own choice where it does not follow the others. */
export function useMapColouring({ session, spec, onSpec }: Props): { colouring: Colouring; choose(colouring: Colouring): void } {
  const shared = useSharedValue(session.linked.colouring).value;
  const choose = (colouring: Colouring): void => {
    if (spec.colouring === undefined) session.linked.colouring.set(colouring, MAP_SOURCE);
    else onSpec({ ...spec, colouring });
  };
  return { colouring: spec.colouring ?? shared, choose };
}

export function MapControls(props: Props) {
  const { session, spec, onSpec } = props;
  useSharedValue(session.linked.energyWindow);
  const { colouring, choose } = useMapColouring(props);
  const opacity = colouring.by.kind === "class" ? "opacity" : "valueOpacity";
  const fill = colouringText(colouring.by, session);
  const base = baseText(spec.base, session);
  const hasNoFill = colouring.by.kind === "none" || (colouring.by.kind === "class" && session.analysis === undefined);
  const text = hasNoFill ? base : base === "none" ? fill : `${fill} over ${base}`;
  const groups = colouringGroups(session).map(({ title, choices }) => ({
    title,
    items: choices.map(({ id, label, by, unavailable }) => ({
      id,
      label,
      unavailable,
      chosen: sameBy(by, colouring.by),
      choose: () => choose({ ...colouring, by }),
    })),
  }));
  const bases = basesOf(session).map((one) => ({
    id: baseText(one, session),
    label: baseText(one, session),
    chosen: baseText(one, session) === base,
    choose: () => onSpec({ ...spec, base: one }),
  }));
  const lines = session.analysis?.elementMaps.map(({ line }) => line) ?? [];
  const ratios =
    colouring.by.kind === "ratio"
      ? ratioGroups(colouring.by, lines, (ratio) => choose({ ...colouring, by: { kind: "ratio", ...ratio } }))
      : [];
  return (
    <>
      <PickMenu
        label="What the map shows"
        text={text}
        groups={[...ratios, ...groups, { title: "Below the colours", items: bases }]}
      />
      <ThinSlider
        label="Opacity"
        min={0}
        max={1}
        step={0.01}
        value={spec[opacity]}
        text={`${Math.round(100 * spec[opacity])} %`}
        onChange={(share) => onSpec({ ...spec, [opacity]: share })}
      />
    </>
  );
}

function sameBy(a: Colouring["by"], b: Colouring["by"]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function basesOf({ image }: ViewSession): MapBase[] {
  return [...(image?.images ?? []).map((_, index): MapBase => ({ kind: "image", index })), { kind: "counts" }, { kind: "none" }];
}

function baseText(base: MapBase, { image }: ViewSession): string {
  if (base.kind === "none") return "none";
  const picture = base.kind === "image" ? image?.images[base.index] : undefined;
  return picture?.name ?? "total counts";
}

interface ActionProps extends Props {
  saveFigure(): void;
  savePicture(): void;
  copyPicture(): void;
  saveValues(): void;
}

export function MapActions(props: ActionProps) {
  const { session, spec, onSpec } = props;
  const { colouring } = useMapColouring(props);
  const followsOthers = spec.colouring === undefined && !spec.unlinked;
  const unlink = (): void => {
    onSpec(followsOthers ? { ...spec, unlinked: true, colouring } : { ...spec, unlinked: false, colouring: undefined });
  };
  const noDoubt = session.analysis?.membership === undefined ? "These classes carry no membership." : undefined;
  return (
    <>
      <TextButton
        look="plain"
        keys="D"
        offered={false}
        label="Doubt"
        pressed={spec.doubt && noDoubt === undefined}
        unavailable={noDoubt}
        onClick={() => onSpec({ ...spec, doubt: !spec.doubt })}
      >
        <IconTexture size={15} stroke={1.6} aria-hidden /> <span className="roomy">Doubt</span>
      </TextButton>
      <IconAction
        icon={IconArrowsHorizontal}
        label="Compare with the picture below"
        pressed={spec.swipe !== undefined}
        onClick={() => onSpec({ ...spec, swipe: spec.swipe === undefined ? 0.5 : undefined })}
      />
      {colouring.by.kind !== "class" && colouring.by.kind !== "none" && <ContrastPopover {...props} />}
      <IconAction
        icon={followsOthers ? IconLink : IconLinkOff}
        label={followsOthers ? "Follows the other maps" : "Has colours, pan and zoom of its own"}
        pressed={!followsOthers}
        onClick={unlink}
      />
      <MapExport {...props} />
    </>
  );
}

function isMix({ by }: Colouring): boolean {
  return by.kind === "mix" || by.kind === "abundance-mix";
}

function MapExport({ session, spec, onSpec, saveFigure, savePicture, copyPicture, saveValues }: ActionProps) {
  const { actions, patternsForAll } = session;
  return (
    <ExportMenu
      items={[
        { label: "Figure (SVG, PNG, TIFF)...", run: saveFigure },
        { label: "Picture as seen (PNG)", run: savePicture },
        { label: "Copy picture", quick: true, run: copyPicture },
        { label: "Values (NPY)", run: saveValues },
      ]}
      further={[
        { label: spec.names ? "Hide names" : "Names on the map", run: () => onSpec({ ...spec, names: !spec.names }) },
        {
          label: patternsForAll ? "Patterns only where needed" : "Patterns for all classes",
          run: () => actions.showPatterns(!patternsForAll),
        },
      ]}
    />
  );
}

const colourMaps = ["inferno", "grey", "viridis", "cividis", "vik"] as const;

function ContrastPopover(props: Props) {
  const { colouring, choose } = useMapColouring(props);
  const [open, setOpen] = useState(false);
  const maps = colourMapGroup(colouring, choose);
  const palettes = mixPalettes.map((value) => ({ value, label: value.split("-").join(", ") }));
  const mix = (mixPalette: MixPalette): void => choose({ ...colouring, mixPalette });
  useOffered([
    ...offeredOf("Colour map", maps),
    ...(isMix(colouring) ? palettes : []).map(({ value, label }) => ({ title: `${MIX}: ${label}`, run: () => mix(value) })),
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
        <div>Percentiles {colouring.percentiles.map((value) => formatNumber(value)).join(" to ")} %</div>
        <RangeSlider
          aria-label="Percentiles"
          size="xs"
          min={0}
          max={100}
          step={0.5}
          minRange={1}
          label={null}
          value={[...colouring.percentiles]}
          onChange={(percentiles) => choose({ ...colouring, percentiles })}
        />
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
        {isMix(colouring) && (
          <Segmented label={MIX} value={colouring.mixPalette ?? "red-green-blue"} choices={palettes} onChange={mix} />
        )}
        <PickMenu label="Colour map" text={colouring.colourMap} groups={[maps]} />
      </Popover.Dropdown>
    </Popover>
  );
}

const MIX = "Colours of the mix";

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
