import { useElementSize } from "@mantine/hooks";
import {
  formatCount,
  formatFixed,
  fwhmKev,
  isSigmaError,
  type MeasuredPeak,
  measuredPeaks,
  type PeakCandidate,
  peakCandidates,
  peakNear,
} from "@sigma-eds/core";
import { type KeyboardEvent, useMemo, useRef, useState } from "react";
import type { OfferedTable } from "../../session/data-table.js";
import { fileStem } from "../../session/file-stem.js";
import { identifiedElements, markedElements, markLine, switchElement } from "../../session/marked-lines.js";
import { useSharedValue } from "../../session/use-shared-value.js";
import type { ViewProps, ViewSession } from "../../session/view-session.js";
import { plotTextWidth } from "../../ui/canvas-layer.js";
import { chooseFiles } from "../../ui/choose-files.js";
import { EmptyState } from "../../ui/empty-state.js";
import { ExportMenu } from "../../ui/export-menu.js";
import { ViewFrame } from "../../ui/view-frame.js";
import { comparedWith } from "./compared-with.js";
import { ElementPicker } from "./element-picker.js";
import { namedWindow } from "./energy-window-drag.js";
import { figureOfSpectrum, msaOfTrace, tableOfSpectrum } from "./export-spectrum.js";
import { PEAK_CARD, PeakCard } from "./peak-card.js";
import { popoverPlace } from "./plot-geometry.js";
import { referencePin } from "./reference-spectrum.js";
import { SpectrumHeader } from "./spectrum-header.js";
import { spectrumKey } from "./spectrum-keys.js";
import { type SpectrumPicture, spectrumPicture } from "./spectrum-picture.js";
import { SpectrumPlot } from "./spectrum-plot.js";
import { MOST_PINS, type Pin, type SpectrumSpec } from "./spectrum-spec.js";
import { formatTrace, sumTrace, type Trace, totalOf } from "./traces.js";
import { useAskedRange } from "./use-asked-range.js";
import { useSpectrumCommands } from "./use-spectrum-commands.js";
import type { PointerState } from "./use-spectrum-pointer.js";
import { WindowChip } from "./window-chip.js";

/** Spectra of what is selected, active, hovered and pinned, over all pixels; lines, peaks and the energy window. */
export function SpectrumView({ session, spec, onSpec }: ViewProps<SpectrumSpec>) {
  const { linked, image, answers, actions } = session;
  const { ref: place, width, height } = useElementSize<HTMLDivElement>();
  const selected = useSharedValue(answers.selected).value.value;
  const { active } = useSharedValue(linked.visibleClasses).value;
  const window = useSharedValue(linked.energyWindow).value;
  const [peak, setPeak] = useState<MeasuredPeak>();
  const [picking, setPicking] = useState(false);
  const [previewed, setPreviewed] = useState<string>();
  const pointer = useRef<PointerState>({ cursorKev: undefined, line: undefined, zoom: undefined });
  const redraw = useRef<() => void>(() => undefined);
  const picture = useMemo(
    () =>
      width < 80 || height < 80
        ? undefined
        : spectrumPicture({ session, spec, selected, active, width, height, widthOf: plotTextWidth }),
    [session, spec, selected, active, width, height],
  );
  const subject = useMemo(() => subjectOf(picture?.traces ?? []), [picture]);
  const { beamEnergyKev } = image?.metadata ?? {};
  const resolutionEv = image?.metadata.detector.resolutionEv;
  const peaks = useMemo(() => peaksOf(picture, subject, resolutionEv), [picture, subject, resolutionEv]);
  const elements = useMemo(() => markedElements(session), [session]);
  const identified = useMemo(() => identifiedElements(session.analysis), [session.analysis]);
  const change = (part: Partial<SpectrumSpec>): void => onSpec({ ...spec, ...part });
  const newest = useRef(spec);
  newest.current = spec;
  const openPeak = (kev: number): void => {
    const found = peakNear(peaks, kev, resolutionEv);
    setPeak(found);
    if (found === undefined) actions.say(`No peak stands above the background at ${formatFixed(kev, 2)} keV.`);
  };
  const candidates = useMemo(
    () =>
      peak === undefined || picture === undefined
        ? []
        : candidatesOf(peak, picture, subject, { beamEnergyKev, resolutionEv, elements }),
    [peak, picture, subject, beamEnergyKev, resolutionEv, elements],
  );
  const pin = (): void => {
    const next = pinOf(subject);
    if (next === undefined) actions.say("Nothing to pin: select pixels or make a class active.");
    else if (spec.pins.length >= MOST_PINS) actions.say(`At most ${MOST_PINS} spectra are pinned. Unpin one first.`);
    else change({ pins: [...spec.pins, next] });
  };
  const reference = async (): Promise<void> => {
    const [file] = await chooseFiles({ accept: ".msa,.emsa,.txt", multiple: false });
    if (file === undefined || picture === undefined) return;
    try {
      const total = sumTrace(session);
      const meanCounts = total === undefined ? 1 : totalOf(total.spectrum) / total.pixels;
      const pinned = referencePin(await file.text(), file.name, picture.axis, meanCounts);
      onSpec({ ...newest.current, pins: [...newest.current.pins, pinned].slice(-MOST_PINS) });
    } catch (error) {
      if (!isSigmaError(error)) throw error;
      actions.say(error.message);
    }
  };
  const mapWindow = (found: MeasuredPeak, candidate: PeakCandidate | undefined): void => {
    const centre = candidate?.line.energyKev ?? found.energyKev;
    const half = fwhmKev(centre, resolutionEv) * 0.6;
    linked.energyWindow.set(
      {
        ...namedWindow(centre - half, centre + half, elements),
        ...(candidate === undefined ? {} : { name: candidate.line.name }),
      },
      "spectrum",
    );
    linked.colouring.set({ ...linked.colouring.current.value, by: { kind: "window" } }, "spectrum");
  };
  const windowAt = (kev: number): boolean => {
    const found = peakNear(peaks, kev, resolutionEv);
    if (found === undefined) return false;
    setPeak(undefined);
    mapWindow(found, undefined);
    return true;
  };
  useSpectrumCommands(session, {
    change,
    pin,
    openElements: () => setPicking(true),
    compareWith: (typed) => comparedWith(session, spec, typed, change),
  });
  useAskedRange(linked, (range) => change({ range }));

  const onKey = (event: KeyboardEvent): void => {
    if (picture === undefined) return;
    const done = spectrumKey(event, picture, spec, pointer.current.cursorKev, peaks);
    if (done === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (done.act === "range") change({ range: done.range });
    else if (done.act === "spec") change(done.spec);
    else if (done.act === "pin") pin();
    else if (done.act === "elements") setPicking(!picking);
    else if (done.act === "candidates") openPeak(pointer.current.cursorKev ?? peaks[0]?.energyKev ?? 0);
    else {
      const kev = done.act === "peak" ? done.peak.energyKev : done.kev;
      pointer.current.cursorKev = kev;
      linked.hover.set({ kind: "channel", kev }, "spectrum", false);
      actions.say(done.act === "peak" ? `Peak at ${formatFixed(kev, 3)} keV` : cursorWords(kev, picture, subject, spec));
      redraw.current();
    }
  };

  return (
    <ViewFrame
      title="Spectrum"
      controls={
        <SpectrumHeader
          spec={spec}
          traces={picture?.traces ?? []}
          theme={session.theme}
          elements={elements.length}
          picking={picking}
          onSpec={change}
          onPin={pin}
          onUnpin={(index) => change({ pins: spec.pins.filter((_, i) => i !== index) })}
          onElements={() => setPicking(!picking)}
        />
      }
      tables={picture === undefined ? undefined : [channelsOf(picture)]}
      actions={<SpectrumExport session={session} picture={picture} subject={subject} onReference={() => void reference()} />}
    >
      <div ref={place} style={{ position: "absolute", inset: 0 }}>
        {image === undefined && <EmptyState sentence="No spectrum yet. Open a file to see its sum spectrum." />}
        {picture !== undefined && (
          <SpectrumPlot
            session={session}
            picture={picture}
            elements={elements}
            peak={peak}
            previewed={previewed}
            description={descriptionOf(picture, elements)}
            state={pointer}
            redraw={redraw}
            setRange={(range) => change({ range })}
            openPeak={openPeak}
            windowAt={windowAt}
            onKey={onKey}
          />
        )}
        {picture !== undefined && window !== undefined && (
          <WindowChip window={window} onWindow={(next) => linked.energyWindow.set(next, "spectrum")} />
        )}
        {picture !== undefined && peak !== undefined && (
          <PeakCard
            key={peak.channel}
            peak={peak}
            where={whereOf(subject)}
            candidates={candidates}
            marked={elements}
            place={popoverPlace(picture.plot.x(peak.energyKev), picture.plot, PEAK_CARD, width)}
            onMark={({ name, element }) =>
              elements.includes(element) ? switchElement(session, element) : markLine(session, name)
            }
            onMap={(candidate) => mapWindow(peak, candidate)}
            onMore={() => setPicking(true)}
            onPreview={setPreviewed}
            onClose={() => setPeak(undefined)}
          />
        )}
        {picking && (
          <ElementPicker
            marked={elements}
            found={identified}
            beamEnergyKev={beamEnergyKev}
            onToggle={(element) => switchElement(session, element)}
            onPreview={setPreviewed}
            onClose={() => setPicking(false)}
          />
        )}
      </div>
    </ViewFrame>
  );
}

interface ExportProps {
  readonly session: ViewSession;
  readonly picture: SpectrumPicture | undefined;
  readonly subject: Trace | undefined;
  onReference(): void;
}

function SpectrumExport({ session: { image, actions }, picture, subject, onReference }: ExportProps) {
  if (picture === undefined || image === undefined) return null;
  const stem = fileStem(image.name);
  return (
    <ExportMenu
      items={[
        { label: "Figure (SVG, PNG, TIFF)...", run: () => actions.exportFigure(figureOfSpectrum(picture)) },
        {
          label: subject === undefined ? "Spectrum (MSA)" : `${subject.name} (MSA)`,
          unavailable: subject === undefined ? "No spectrum is drawn." : undefined,
          run: () =>
            subject &&
            actions.download(
              `${stem}-${subject.name.replace(/\W+/g, "-")}.msa`,
              msaOfTrace(subject, picture, image),
              "text/plain",
            ),
        },
      ]}
      further={[{ label: "Pin a reference spectrum...", run: onReference }]}
    />
  );
}

function channelsOf(picture: SpectrumPicture): OfferedTable {
  return { id: "spectrum", title: "Table of channels", make: () => tableOfSpectrum(picture) };
}

/** What peaks and pins are of: the selection, else the active class, else all pixels. */
function subjectOf(traces: readonly Trace[]): Trace | undefined {
  return (
    traces.find(({ id }) => id === "selection") ??
    traces.find(({ id }) => id.startsWith("class ")) ??
    traces.find(({ id }) => id === "sum")
  );
}

function whereOf(subject: Trace | undefined): string {
  if (subject?.id === "selection") return "in the selection";
  return subject === undefined || subject.id === "sum" ? "in the sum" : `in ${subject.name}`;
}

function peaksOf(
  picture: SpectrumPicture | undefined,
  subject: Trace | undefined,
  resolutionEv: number | undefined,
): MeasuredPeak[] {
  if (picture === undefined || subject === undefined || !picture.axis.calibrated) return [];
  return measuredPeaks(subject.spectrum, calibrated(picture), resolutionEv);
}

function candidatesOf(
  peak: MeasuredPeak,
  picture: SpectrumPicture,
  subject: Trace | undefined,
  context: { beamEnergyKev: number | undefined; resolutionEv: number | undefined; elements: readonly string[] },
): PeakCandidate[] {
  return subject === undefined ? [] : peakCandidates(peak, { spectrum: subject.spectrum, axis: calibrated(picture), ...context });
}

function calibrated({ axis }: SpectrumPicture) {
  return { name: "energy", size: axis.size, offset: axis.offset, scale: axis.scale, units: "keV" } as const;
}

function pinOf(subject: Trace | undefined): Pin | undefined {
  if (subject === undefined || subject.id === "sum") return undefined;
  if (subject.id.startsWith("class ")) return { kind: "class", id: Number(subject.id.slice(6)) };
  const { pixels, spectrum } = subject;
  return { kind: "counts", name: `Selection, ${formatCount(pixels)} px`, pixels, spectrum: [...spectrum] };
}

function cursorWords(kev: number, { axis }: SpectrumPicture, subject: Trace | undefined, { unit }: SpectrumSpec): string {
  const channel = Math.round((kev - axis.offset) / axis.scale);
  return `${formatFixed(kev, 3)} keV${subject === undefined ? "" : `, ${formatTrace(subject, channel, unit)}`}`;
}

function descriptionOf({ traces, plot }: SpectrumPicture, elements: readonly string[]): string {
  const drawn = traces.map(({ name }) => name).join(", ");
  const marked = elements.length === 0 ? "no lines marked" : `lines of ${elements.join(", ")} marked`;
  return `Spectrum from ${formatFixed(plot.fromKev, 1)} to ${formatFixed(plot.toKev, 1)} keV: ${drawn}; ${marked}. Arrow keys move the cursor, up and down walk peaks, Enter shows candidates.`;
}
