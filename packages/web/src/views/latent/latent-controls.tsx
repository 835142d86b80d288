import { IconCircles, IconLetterCase } from "@tabler/icons-react";
import { type ColouringChoice, colouringGroups, colouringText, pictureChoices } from "../../session/colouring-choices.js";
import { latentSpaceFigure } from "../../session/figures/latent-figure.js";
import { fileStem } from "../../session/file-stem.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps } from "../../session/view-session.js";
import { canvasPicture, copyCanvases } from "../../ui/canvas-picture.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { IconAction } from "../../ui/icon-action.js";
import { type PickItem, PickMenu } from "../../ui/pick-menu.js";
import { ratioGroups } from "../../ui/ratio-groups.js";
import type { AnalysisSnapshot } from "../../worker/engine-protocol.js";
import { LATENT_SOURCE, type LatentSpec } from "./latent-spec.js";

type Props = ViewProps<LatentSpec>;
type Latent = NonNullable<AnalysisSnapshot["latent"]>;

const methodNames: Readonly<Record<string, string>> = {
  umap: "UMAP",
  pca: "PCA",
  ica: "ICA",
  nmf: "NMF",
  autoencoder: "Autoencoder",
};

export function latentName({ method }: Latent): string {
  return methodNames[method] ?? method;
}

interface ControlProps extends Props {
  readonly latent: Latent;
  readonly dimensions: readonly [number, number];
}

export function LatentControls({ session, spec, onSpec, latent, dimensions: [across, up] }: ControlProps) {
  const { linked } = session;
  const colouring = useSharedValue(linked.colouring).value;
  useSharedValue(linked.energyWindow);
  const text = spec.densityColours ? "density" : spec.classColours ? "class" : colouringText(colouring.by, session);
  const followsMaps = !spec.classColours && !spec.densityColours;
  const item = ({ id, label, by, unavailable }: ColouringChoice): PickItem => ({
    id,
    label,
    unavailable,
    chosen:
      by.kind === "class"
        ? spec.classColours && !spec.densityColours
        : followsMaps && JSON.stringify(by) === JSON.stringify(colouring.by),
    choose() {
      onSpec({ ...spec, classColours: by.kind === "class", densityColours: false });
      if (by.kind !== "class") linked.colouring.set({ ...colouring, by }, LATENT_SOURCE);
    },
  });
  const density: PickItem = {
    id: "density",
    label: "Density of the points",
    chosen: spec.densityColours,
    choose: () => onSpec({ ...spec, densityColours: true }),
  };
  const groups = colouringGroups(session).map(({ title, choices }, at) => ({
    title,
    items: [...choices.filter(({ by }) => by.kind !== "none").map(item), ...(at === 0 ? [density] : [])],
  }));
  const lines = session.analysis?.elementMaps.map(({ line }) => line) ?? [];
  const ratios =
    followsMaps && colouring.by.kind === "ratio"
      ? ratioGroups(colouring.by, lines, (ratio) =>
          linked.colouring.set({ ...colouring, by: { kind: "ratio", ...ratio } }, LATENT_SOURCE),
        )
      : [];
  const pictures = { title: "Pictures", items: pictureChoices(session).map(item) };
  const pairs = pairsOf(latent.dimensions).map(([a, b]) => ({
    id: `${a} ${b}`,
    label: `${latentName(latent)} ${a + 1}, ${b + 1}`,
    chosen: a === across && b === up,
    choose: () => onSpec({ ...spec, dimensions: [a, b] }),
  }));
  const name = latent.dimensions > 2 ? `${latentName(latent)} ${across + 1}, ${up + 1}` : latentName(latent);
  return (
    <>
      <PickMenu label="Dimensions" text={name} groups={[{ title: "Dimensions, across and up", items: pairs }]} />
      <PickMenu label="Colour of the points" text={`by ${text}`} groups={[...ratios, ...groups, pictures]} />
    </>
  );
}

/** Pairs of the first six dimensions. */
function pairsOf(dimensions: number): [number, number][] {
  const most = Math.min(6, dimensions);
  const pairs: [number, number][] = [];
  for (let a = 0; a < most; a++) for (let b = a + 1; b < most; b++) pairs.push([a, b]);
  return pairs;
}

interface ActionProps extends Props {
  readonly dimensions: readonly [across: number, up: number];
  canvases(): readonly HTMLCanvasElement[];
}

export function LatentActions({ session, spec, onSpec, canvases, dimensions }: ActionProps) {
  const stem = fileStem(session.image?.name ?? "map");
  const figure = (): void => {
    const drawn =
      session.analysis === undefined
        ? undefined
        : latentSpaceFigure(session.analysis, { axes: dimensions, ellipses: spec.ellipses });
    if (drawn !== undefined) session.actions.exportFigure(drawn);
  };
  const ground = session.theme === "dark" ? "#17181a" : "#ffffff";
  const save = async (): Promise<void> => {
    const picture = await canvasPicture(canvases(), ground);
    if (picture === undefined) return;
    session.actions.download(`${stem}-latent.png`, new Uint8Array(await picture.arrayBuffer()), "image/png");
  };
  return (
    <>
      <IconAction
        icon={IconLetterCase}
        label="Names"
        pressed={spec.names}
        onClick={() => onSpec({ ...spec, names: !spec.names })}
      />
      <IconAction
        icon={IconCircles}
        label="Ellipses of 1σ and 2σ"
        pressed={spec.ellipses}
        onClick={() => onSpec({ ...spec, ellipses: !spec.ellipses })}
      />
      <ExportMenu
        items={[
          { label: "Figure (SVG, PNG, TIFF)...", run: figure },
          { label: "Picture as seen (PNG)", run: () => void save() },
          { label: "Copy picture", quick: true, run: () => void copyCanvases(canvases(), session.actions.say, ground) },
        ]}
      />
    </>
  );
}
