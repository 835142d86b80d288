import { formatPercent, lineColour, spectrumView } from "@sigma-eds/core";
import { useMemo } from "react";
import type { ViewProps } from "../../session/view-session.js";
import { SpectrumLines } from "../../ui/charts/spectrum-lines.js";
import { ClassSwatch } from "../../ui/class-swatch.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { TextButton } from "../../ui/text-button.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { endmemberErrors } from "./endmember-error.js";
import { mapFit } from "./endmember-fit.js";
import { figuresOfEndmembers, tableOfEndmembers, tableOfFit } from "./export-endmembers.js";
import styles from "./unmix-view.module.css";

export interface UnmixSpec {
  /** Which endmember is drawn. */
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
  const { energyAxis, lines, unmixing } = analysis;
  const { energy, from, to } = spectrumView({
    lines,
    sumSpectrum: analysis.sumSpectrum,
    image: { metadata: image.metadata, energyAxis },
  });
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
      tables={[
        { id: "endmembers", title: "Spectra with errors", make: () => tableOfEndmembers(fit, errors ?? [], axis) },
        { id: "endmember-fit", title: "Measured and fitted", make: () => tableOfFit(fit, axis) },
      ]}
      actions={
        <ExportMenu
          items={[
            {
              label: "Figure (SVG, PNG, TIFF)...",
              run: () => actions.exportFigure(...figuresOfEndmembers(fit, { energy, from, to })),
            },
          ]}
        />
      }
    >
      <div className={styles["layout"]}>
        <div className={styles["list"]}>
          {fit.endmembers.map(({ index, name, colour, share }) => (
            <button
              key={index}
              type="button"
              className={styles["member"]}
              aria-pressed={index === chosen?.index}
              onClick={() => choose(index)}
            >
              <ClassSwatch colour={colour ?? "#8a8d91"} />
              <span>{name}</span>
              <small>{formatPercent(share)}</small>
            </button>
          ))}
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <div className={styles["plots"]} tabIndex={0}>
          {chosen !== undefined && (
            <>
              <h3>{chosen.name}, ± 2σ of counting</h3>
              <SpectrumLines
                {...axis}
                height={96}
                lines={[
                  {
                    name: chosen.name,
                    values: chosen.spectrum,
                    colour: chosen.colour === undefined ? undefined : lineColour(chosen.colour, theme),
                    band: errors?.[chosen.index]?.map((error) => 2 * error),
                  },
                ]}
                description={`Endmember ${chosen.name}, counts per pixel where it is pure.`}
              />
            </>
          )}
          <h3>Measured, and as fitted (dashed)</h3>
          <SpectrumLines
            {...axis}
            height={96}
            lines={[
              { name: "measured", values: fit.measured },
              { name: "fitted", values: fit.modelled, dashed: true, colour: "var(--accent)" },
            ]}
            description="Mean spectrum of the map, measured and as endmembers times abundances."
          />
          <h3>Residual, standard errors of counting</h3>
          <SpectrumLines
            {...axis}
            height={84}
            kind="signed"
            lines={[{ name: "residual", values: fit.residual }]}
            description="Residual of the mean spectrum in standard errors."
          />
          <p>{formatPercent(unmixing?.unexplainedShare ?? 0)} of counts not explained.</p>
        </div>
      </div>
    </ViewFrame>
  );
}
