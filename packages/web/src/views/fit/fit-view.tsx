import {
  countOf,
  formatCount,
  formatFixed,
  type IdentifiedPixels,
  type IdentifySubject,
  isEnergyCalibrated,
  lineColour,
} from "@sigma-eds/core";
import { type ComponentProps, useRef } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import type { EnergyRange } from "../../session/linked.js";
import { type Identified, useIdentified } from "../../session/use-identified.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { filledHeights, SpectrumLines } from "../../ui/charts/spectrum-lines.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { Hint } from "../../ui/hint.js";
import { withLineWords } from "../../ui/line-words.js";
import { useSize } from "../../ui/plane/use-plane.js";
import { ViewFrame } from "../../ui/view-frame.js";

import { fitFigures, fitTable } from "./export-fit.js";
import { fitMarks } from "./fit-marks.js";
import styles from "./fit-view.module.css";

type NoSettings = Readonly<Record<string, never>>;

/** The spectrum in question as continuum and lines, and what they leave of it. */
export function FitView({ session }: ViewProps<NoSettings>) {
  const asked = useIdentified(session);
  const range = useSharedValue(session.linked.energyRange).value;
  return (
    <ViewFrame
      title="Fit"
      controls={wordsOf(session, asked).map((words) => <Hint key={words}>{words}</Hint>)}
      tables={fitTables(session, asked)}
      actions={<FitExport session={session} asked={asked} range={range} />}
    >
      <Fitted session={session} asked={asked} range={range} />
    </ViewFrame>
  );
}

function fitTables({ analysis }: ViewSession, { answer }: Identified): readonly OfferedTable[] {
  const fit = answer?.fit;
  const axis = analysis?.energyAxis;
  if (fit === undefined || axis === undefined || !isEnergyCalibrated(axis)) return [];
  const { offset, scale } = axis;
  return [{ id: "fit", title: "Channels", make: () => fitTable({ fit, offset, scale }) }];
}

interface FittedProps {
  readonly session: ViewSession;
  readonly asked: Identified;
  readonly range: EnergyRange;
}

function FitExport({ session: { analysis, actions }, asked, range }: FittedProps) {
  const { answer, subject } = asked;
  if (analysis === undefined || answer?.fit === undefined || subject === undefined || !isEnergyCalibrated(analysis.energyAxis))
    return null;
  const { fit } = answer;
  const { offset, scale } = analysis.energyAxis;
  const shown = range ?? ([fit.fromKev, Math.min(fit.toKev, lastSeenKev(fit.measured, offset, scale))] as const);
  const name = subjectName(analysis, subject);
  return (
    <ExportMenu
      items={[
        {
          label: "Figures (SVG, PNG, TIFF)...",
          run: () => actions.exportFigure(...fitFigures({ name, answer, fit, offset, scale, range: shown })),
        },
      ]}
    />
  );
}

function Fitted({ session, asked, range }: FittedProps) {
  const { analysis } = session;
  const { answer, failure, subject, waiting } = asked;
  if (analysis === undefined || analysis.classes.length === 0)
    return <EmptyState sentence="No classes yet. Find phases first." />;
  if (subject === undefined) return <EmptyState sentence="Nothing selected. Drag on the map or press 1 to 9." />;
  if (failure !== undefined) return <EmptyState sentence={failure} />;
  if (answer === undefined) return <EmptyState sentence={waiting ? "Fitting the spectrum…" : "No spectrum."} />;
  if (answer.fit === undefined) return <EmptyState sentence={withLineWords(answer.identity.sentence)} />;
  if (!isEnergyCalibrated(analysis.energyAxis)) return <EmptyState sentence="The energy axis has no calibration." />;
  const { offset, scale } = analysis.energyAxis;
  const { fromKev, toKev, measured } = answer.fit;
  const shown = range ?? ([fromKev, Math.min(toKev, lastSeenKev(measured, offset, scale))] as const);
  const colour = analysis.classes.find(({ id }) => id === answer.identity.id)?.colour;
  return (
    <Charts
      answer={answer}
      fit={answer.fit}
      axis={{ offset, scale, range: shown, unit: "keV" }}
      colour={colour === undefined ? undefined : lineColour(colour, session.theme)}
      waiting={waiting}
    />
  );
}

interface ChartsProps {
  readonly answer: IdentifiedPixels;
  readonly fit: NonNullable<IdentifiedPixels["fit"]>;
  readonly axis: Pick<ComponentProps<typeof SpectrumLines>, "offset" | "scale" | "range" | "unit">;
  /** Of the measured spectrum; undefined: ink. */
  readonly colour: string | undefined;
  readonly waiting: boolean;
}

/** Least heights of the two charts. */
const HEIGHTS = [120, 66] as const;
/** CSS pixels of the headings above them. */
const HEADINGS = 52;

function Charts({ answer, fit, axis, colour, waiting }: ChartsProps) {
  const place = useRef<HTMLDivElement>(null);
  const [high, low] = filledHeights(useSize(place), HEADINGS, HEIGHTS);
  const { identity } = answer;
  const [from, to] = axis.range;
  const perPixel = (values: Float64Array): Float64Array => values.map((value) => value / Math.max(1, identity.pixels));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
    <div ref={place} className={styles["layout"]} style={{ opacity: waiting ? 0.55 : 1 }} tabIndex={0}>
      <h3>Counts per pixel: measured, as fitted (dashed), and the continuum</h3>
      <SpectrumLines
        {...axis}
        height={high}
        marks={fitMarks(answer, axis.range)}
        lines={[
          { name: "continuum", values: perPixel(fit.continuum), colour: "var(--text3)" },
          { name: "measured", values: perPixel(fit.measured), colour },
          { name: "fitted", values: perPixel(fit.model), dashed: true, colour: "var(--text)" },
        ]}
        description={`Spectrum from ${formatFixed(from, 2)} to ${formatFixed(to, 2)} keV, measured and as fitted; reduced chi-square ${formatFixed(identity.reducedChiSquare ?? Number.NaN, 2)}.`}
      />
      <h3>Measured less fitted, standard errors of counting</h3>
      <SpectrumLines
        {...axis}
        height={low}
        kind="signed"
        lines={[{ name: "residual", values: fit.residualSigma }]}
        description="Residual of the fit in standard errors."
      />
    </div>
  );
}

/** Past this share of the counts there is little to see. */
const SEEN = 0.999;

function lastSeenKev(spectrum: Float64Array, offset: number, scale: number): number {
  const total = spectrum.reduce((sum, value) => sum + value, 0);
  let sum = 0;
  for (let c = 0; c < spectrum.length; c++) {
    sum += spectrum[c]!;
    if (sum >= SEEN * total) return offset + scale * c + 0.5;
  }
  return offset + scale * spectrum.length;
}

function subjectName(analysis: ViewSession["analysis"], subject: IdentifySubject): string {
  if (subject.kind !== "class") return subject.kind === "all" ? "All pixels" : "The selection";
  return analysis?.classes.find(({ id }) => id === subject.id)?.name ?? "";
}

/** Of what it is, and how good: apart, so that the name stays where there is no room for both. */
function wordsOf({ analysis }: ViewSession, { subject, answer }: Identified): readonly string[] {
  if (subject === undefined) return [];
  const name = subjectName(analysis, subject);
  if (answer?.fit === undefined) return [name];
  const { pixels, counts, reducedChiSquare } = answer.identity;
  const quality = `reduced χ² ${formatFixed(reducedChiSquare ?? Number.NaN, 2)}`;
  return [name, `${countOf(pixels, "pixel")} · ${formatCount(counts)} counts · ${quality}`];
}
