import { markedLines, spectrumView } from "@sigma-eds/core";
import { useMemo } from "react";
import type { ViewProps } from "../../session/view-session.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { Hint } from "../../ui/hint.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { endmemberErrors } from "./endmember-error.js";
import { mapFit } from "./endmember-fit.js";
import { EndmemberStack } from "./endmember-stack.js";
import { figuresOfEndmembers, tableOfEndmembers, tableOfFit } from "./export-endmembers.js";

export interface UnmixSpec {
  /** Which endmember fills the map. */
  readonly endmember: number;
}

/** Endmembers, and what they leave of the measured spectrum. A click shows an endmember and its abundance on the map. */
export function UnmixView({ session, spec, onSpec }: ViewProps<UnmixSpec>) {
  const { analysis, image, linked, theme, actions } = session;
  const fit = useMemo(() => (analysis === undefined ? undefined : mapFit(analysis)), [analysis]);
  const errors = useMemo(
    () => analysis?.unmixing && endmemberErrors(analysis.unmixing.endmembers, analysis.unmixing.abundances),
    [analysis],
  );
  if (analysis === undefined || image === undefined || fit === undefined) {
    return (
      <ViewFrame title="Endmembers">
        <EmptyState sentence="No endmembers yet.">
          {analysis !== undefined && <TextButton onClick={() => actions.goToStage("unmix")}>Unmix</TextButton>}
        </EmptyState>
      </ViewFrame>
    );
  }
  const { energyAxis, lines } = analysis;
  const about = { lines, sumSpectrum: analysis.sumSpectrum, image: { metadata: image.metadata, energyAxis } };
  const view = spectrumView(about);
  const { energy, from, to } = view;
  const named = energy === undefined ? [] : markedLines(about);
  const axis = {
    offset: energy?.offsetKev ?? 0,
    scale: energy?.scaleKev ?? 1,
    range: [from, to] as const,
    unit: energy === undefined ? "channel" : "keV",
  };
  const chosen = fit.endmembers[spec.endmember] ?? fit.endmembers[0];
  const choose = (index: number): void => {
    onSpec({ endmember: index });
    linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "abundance", index } }, "unmix");
  };
  return (
    <ViewFrame
      title="Endmembers"
      controls={
        <Hint more="On a square-root scale; a click on a name fills the map with its abundance.">Counts/px where pure, ± 2σ</Hint>
      }
      tables={[
        { id: "endmembers", title: "Spectra with errors", make: () => tableOfEndmembers(fit, errors ?? [], axis) },
        { id: "endmember-fit", title: "Measured and fitted", make: () => tableOfFit(fit, axis) },
      ]}
      actions={
        <ExportMenu
          items={[
            {
              label: "Figure (SVG, PNG, TIFF)...",
              run: () => actions.exportFigure(...figuresOfEndmembers(fit, view, named)),
            },
          ]}
        />
      }
    >
      <EndmemberStack {...{ fit, errors, axis, theme }} chosen={chosen?.index} onChoose={choose} />
    </ViewFrame>
  );
}
