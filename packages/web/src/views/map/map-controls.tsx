import { IconArrowsHorizontal, IconLink, IconLinkOff, IconTexture } from "@tabler/icons-react";
import { colouringGroups, colouringText } from "../../session/colouring-choices.js";
import type { Colouring } from "../../session/linked.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { IconAction } from "../../ui/icon-action.js";
import { PickMenu } from "../../ui/pick-menu.js";
import { ratioGroups } from "../../ui/ratio-groups.js";
import { TextButton } from "../../ui/text-button.js";
import { ThinSlider } from "../../ui/thin-slider.js";
import { ContrastPopover } from "./contrast-popover.js";
import { useMapColouring } from "./map-colouring.js";
import type { MapBase, MapSpec } from "./map-spec.js";

type Props = ViewProps<MapSpec>;

export function MapControls(props: Props) {
  const { session, spec, onSpec } = props;
  useSharedValue(session.linked.energyWindow);
  const { colouring, choose } = useMapColouring(props);
  const opacity = colouring.by.kind === "class" ? "opacity" : "valueOpacity";
  const fill = colouringText(colouring.by, session);
  const base = baseText(spec.base, session);
  const hasNoFill = colouring.by.kind === "none" || (colouring.by.kind === "class" && session.analysis === undefined);
  const text = hasNoFill ? base : base === "none" ? fill : `${fill} over ${base}`;
  const groups = colouringGroups(session, colouring.by).map(({ title, choices }) => ({
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

/** These show no values, but classes in their colours. */
const withoutContrast: ReadonlySet<Colouring["by"]["kind"]> = new Set(["class", "second", "none"]);

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
      {!withoutContrast.has(colouring.by.kind) && <ContrastPopover {...props} />}
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

function MapExport({
  session: { actions, patternsForAll },
  spec,
  onSpec,
  saveFigure,
  savePicture,
  copyPicture,
  saveValues,
}: ActionProps) {
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
