/** The dockable views: default arrangement per stage, remembered once the user has moved something. */
import {
  type DockviewApi,
  DockviewReact,
  type DockviewReadyEvent,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from "dockview-react";
import "dockview-react/dist/styles/dockview.css";
import { useMediaQuery } from "@mantine/hooks";
import { useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { Session } from "../session/session.js";
import { useSessionState } from "../session/use-view-session.js";
import type { Stage } from "../session/view-session.js";
import { ViewChromeContext } from "../ui/view-chrome.js";
import { arrangements, WIDE, withKnownViews, withMapsBeside } from "./arrangements.js";
import { dressGroups, showView } from "./dock-acts.js";
import { useDock } from "./dock-context.js";
import { savedLayout, VIEW } from "./dock-layout.js";
import { useSessionContext } from "./session-context.js";
import { useKeptArrangement } from "./use-kept-arrangement.js";
import { useViewChromeOf } from "./use-view-chrome-of.js";
import { enterFirstView, viewCommands } from "./view-commands.js";
import { viewNamed } from "./view-registry.js";
import { usePreloadedViews } from "./views-likely-next.js";
import "./workspace.css";

const theme = { name: "sigma", className: "dockview-theme-sigma", gap: 6, dndPanelOverlay: "group" } as const;

/** Everything between belt, inspector and status line. `stage` is the arrangement that is shown. */
export function Workspace({ stage }: { readonly stage: Stage | "start" }) {
  const { session } = useSessionContext();
  const { setApi: publish } = useDock();
  const [api, setApi] = useState<DockviewApi>();
  const wide =
    useMediaQuery(`(min-width: ${WIDE}px)`, false, { getInitialValueInEffect: false }) === true &&
    stage !== "start" &&
    stage !== "report";
  const kept = useSessionState(session, ({ arrangements: own }) => (stage === "start" ? undefined : own[stage]));
  useArrangement(api, { stage, kept, wide }, session);
  usePreloadedViews(stage);
  useEffect(() => {
    if (api === undefined) return undefined;
    const tabs = api.onDidLayoutChange(() => dressGroups(api));
    const stops = [session.onOpenView((id) => showView(api, id)), session.commands.register(viewCommands(api))];
    return () => {
      tabs.dispose();
      for (const stop of stops) stop();
    };
  }, [api, session]);
  useEffect(() => {
    publish(api);
    // The next workspace may be there already.
    return () => publish((now) => (now === api ? undefined : now));
  }, [api, publish]);

  return (
    <DockviewReact
      components={components}
      defaultTabComponent={DockTab}
      theme={theme}
      disableFloatingGroups
      proportionalLayout
      onReady={({ api: ready }: DockviewReadyEvent) => setApi(ready)}
    />
  );
}

const components = { [VIEW]: DockedView };

/** The strip's tab of a view. By keys a view is closed with the palette: a button within a tab is none for assistive technology. */
function DockTab({ api }: IDockviewPanelHeaderProps) {
  return (
    <div className="dv-default-tab">
      <div className="dv-default-tab-content">{api.title}</div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the palette has the same for keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the palette has the same for keys */}
      <span
        className="dock-tab-close"
        title="Close"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={() => api.close()}
      >
        ×
      </span>
    </div>
  );
}

/**
 * A view is drawn from what the session was a moment ago: its drawing is put off, and taken in small pieces, while more urgent things are shown, so that results that come in
 * while phases are found never hold up the page.
 */
function DockedView({ api, containerApi }: IDockviewPanelProps) {
  const { session, shown } = useSessionContext();
  const drawn = useDeferredValue(shown);
  const spec = useSessionState(session, ({ specs }) => specs[api.id]);
  const chrome = useViewChromeOf(api, containerApi);
  const view = viewNamed(api.id);
  const content = useMemo(() => {
    const keep = (changed: unknown): void => session.store.setState(({ specs }) => ({ specs: { ...specs, [api.id]: changed } }));
    return view?.render(drawn, spec, keep);
  }, [view, drawn, spec, session, api]);
  if (view === undefined) return null;
  return <ViewChromeContext value={chrome}>{content}</ViewChromeContext>;
}

interface Wanted {
  readonly stage: Stage | "start";
  /** Of one's own; undefined: the default. */
  readonly kept: unknown;
  readonly wide: boolean;
}

/** Puts up the arrangement that is wanted, and keeps what becomes of it. */
function useArrangement(api: DockviewApi | undefined, { stage, kept, wide }: Wanted, session: Session): void {
  const shown = useRef<Wanted>(undefined);
  const { arranging, last } = useKeptArrangement(api, stage, session);
  useEffect(() => {
    if (api === undefined) return;
    const before = shown.current;
    shown.current = { stage, kept, wide };
    const isSame = before?.stage === stage && before.kept === kept && (kept !== undefined || before.wide === wide);
    if (isSame || (before?.stage === stage && kept !== undefined && kept === last.current)) return;
    arranging.current = true;
    const focused = document.activeElement;
    arrange(api, { stage, kept, wide });
    // At once: a strip that goes with the next press would move what is pressed away from under the pointer.
    dressGroups(api);
    requestAnimationFrame(() => {
      arranging.current = false;
    });
    if (focused !== document.body && document.activeElement === document.body) enterFirstView(api);
  }, [api, stage, kept, wide, arranging, last]);
}

function arrange(api: DockviewApi, { stage, kept, wide }: Wanted): void {
  if (kept !== undefined) {
    try {
      api.fromJSON(kept as Parameters<DockviewApi["fromJSON"]>[0]);
      return;
    } catch {
      // Kept by another version: the default takes its place.
      api.clear();
    }
  }
  const usual = wide ? withMapsBeside(arrangements[stage]) : arrangements[stage];
  const places = withKnownViews(usual, (id) => viewNamed(id) !== undefined);
  if (places.length === 0) api.clear();
  else api.fromJSON(savedLayout(places, api.width || 1000, api.height || 700, (id) => viewNamed(id)?.title ?? id));
}
