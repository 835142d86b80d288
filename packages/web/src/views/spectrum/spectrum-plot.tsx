import { lineWithName, type MarkedLine, type MeasuredPeak } from "@sigma-eds/core";
import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from "react";
import type { ViewSession } from "../../session/view-session.js";
import { canvasLayer, plotColours } from "../../ui/canvas-layer.js";
import { useSharedFrame } from "../../ui/use-shared-frame.js";
import { drawOverlay } from "./draw-overlay.js";
import { drawSpectrum } from "./draw-spectrum.js";
import type { SpectrumPicture } from "./spectrum-picture.js";
import styles from "./spectrum-view.module.css";
import { hoveredTrace } from "./traces.js";
import { type PointerState, useSpectrumPointer } from "./use-spectrum-pointer.js";

interface Props {
  readonly session: ViewSession;
  readonly picture: SpectrumPicture;
  readonly elements: readonly string[];
  readonly peak: MeasuredPeak | undefined;
  /** Line whose family a popover previews. */
  readonly previewed: string | undefined;
  readonly description: string;
  /** Shared with the keys of the view. */
  readonly state: RefObject<PointerState>;
  readonly redraw: RefObject<() => void>;
  setRange(range: readonly [number, number] | undefined): void;
  openPeak(kev: number): void;
  windowAt(kev: number): boolean;
  onKey(event: KeyboardEvent): void;
}

/** Two canvases: what stays, and over it what moves with the pointer. */
export function SpectrumPlot(props: Props) {
  const { session, picture, elements, peak, previewed, description, state, redraw, onKey } = props;
  const surface = useRef<HTMLDivElement>(null);
  const base = useRef<HTMLCanvasElement>(null);
  const over = useRef<HTMLCanvasElement>(null);
  const { linked, answers, theme, analysis, image } = session;
  const { width, height } = picture.plot;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the tokens say
  useEffect(() => {
    const context = canvasLayer(base.current, width, height);
    if (context !== undefined && base.current !== null) drawSpectrum(context, picture, plotColours(base.current));
  }, [picture, width, height, theme]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme changes what the tokens say
  const draw = useCallback(() => {
    const context = canvasLayer(over.current, width, height);
    if (context === undefined || over.current === null) return;
    const hover = linked.hover.current;
    const asked = answers.hovered.current.value;
    const grid = analysis?.grid ?? image?.grid;
    const hovered =
      hover.value.kind === "pixel" && asked.value !== undefined && grid !== undefined
        ? hoveredTrace(asked.value, hover.value.pixel, grid)
        : undefined;
    const elsewhere = hover.source !== "spectrum" && hover.value.kind === "channel" ? hover.value.kev : undefined;
    drawOverlay(
      context,
      picture,
      {
        window: linked.energyWindow.current.value,
        hovered,
        cursorKev: state.current.cursorKev ?? elsewhere,
        line:
          lineToShow(previewed) ?? state.current.line ?? lineToShow(hover.value.kind === "line" ? hover.value.line : undefined),
        peakKev: peak?.energyKev,
        zoom: state.current.zoom,
      },
      plotColours(over.current),
    );
  }, [picture, linked, answers, analysis, image, peak, previewed, state, width, height, theme]);

  useEffect(() => {
    redraw.current = draw;
  }, [draw, redraw]);
  useSharedFrame([linked.hover, linked.energyWindow, answers.hovered], draw);

  const handlers = useSpectrumPointer(surface, picture, linked, elements, state.current, {
    redraw: draw,
    setRange: props.setRange,
    openPeak: props.openPeak,
    windowAt: props.windowAt,
  });
  return (
    <div
      ref={surface}
      className={styles["surface"]}
      role="application"
      aria-roledescription="spectrum"
      aria-label={description}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the plot has a cursor of its own
      tabIndex={0}
      onKeyDown={onKey}
      {...handlers}
    >
      <canvas ref={base} className={styles["canvas"]} aria-hidden />
      <canvas ref={over} className={styles["canvas"]} aria-hidden />
    </div>
  );
}

function lineToShow(name: string | undefined): MarkedLine | undefined {
  const line = name === undefined ? undefined : lineWithName(name);
  return line === undefined ? undefined : { name: line.name, energyKev: line.energyKev, priority: 1 };
}
