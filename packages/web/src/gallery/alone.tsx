import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { PanelDefinition, ViewDefinition, ViewSession } from "../session/view-session.js";
import { type Host, HostContext } from "../ui/host.js";
import { exampleSession } from "./example-session.js";
import type { GalleryContext } from "./gallery-entry.js";

interface Setting<Spec> {
  readonly spec?: Partial<Spec>;
  readonly changes?: Partial<ViewSession>;
  /** Name of a button that is pressed, once the view is there. */
  readonly pressed?: string;
  /** Brings the shared values into the state, after the view is there. */
  prepare?(session: ViewSession): void;
}

/** A view by itself, over example data. */
export function viewAlone<Spec extends object>(
  view: ViewDefinition<Spec>,
  { spec, changes, pressed, prepare }: Setting<Spec> = {},
) {
  return (context: GalleryContext): ReactNode => (
    <Alone context={context} changes={changes} pressed={pressed} prepare={prepare}>
      {(session) => <WithSpec view={view} start={{ ...view.parseSpec(undefined), ...spec }} session={session} />}
    </Alone>
  );
}

/** A panel of the inspector by itself. */
export function panelAlone({ component: Panel }: PanelDefinition, { changes, pressed, prepare }: Setting<object> = {}) {
  return (context: GalleryContext): ReactNode => (
    <Alone context={context} changes={changes} pressed={pressed} prepare={prepare}>
      {(session) => (
        <div style={{ padding: 12, height: "100%", overflow: "auto" }}>
          <Panel session={session} />
        </div>
      )}
    </Alone>
  );
}

interface AloneProps {
  readonly context: GalleryContext;
  readonly changes: Partial<ViewSession> | undefined;
  readonly pressed: string | undefined;
  readonly prepare: ((session: ViewSession) => void) | undefined;
  readonly children: (session: ViewSession) => ReactNode;
}

function Alone({ context, changes, pressed, prepare, children }: AloneProps) {
  const place = useRef<HTMLDivElement>(null);
  const session = useMemo(() => exampleSession(context.data, { theme: context.theme, ...changes }).session, [context, changes]);
  useEffect(() => prepare?.(session), [prepare, session]);
  useEffect(() => {
    if (pressed === undefined) return;
    const named = (button: HTMLElement): boolean => [button.ariaLabel, button.textContent].includes(pressed);
    [...(place.current?.querySelectorAll("button") ?? [])].find(named)?.click();
  }, [pressed]);
  const host = useMemo(() => hostOf(session), [session]);
  return (
    <HostContext value={host}>
      <div ref={place} style={{ height: "100%" }}>
        {children(session)}
      </div>
    </HostContext>
  );
}

/** Controls offer themselves and tables go out as in the app, as far as a session that stands alone does anything. */
function hostOf({ commands, actions }: ViewSession): Host {
  return {
    offer: (offered) => commands.register(offered),
    save: (ending, text) => actions.download(ending, text, "text/csv"),
    copy: (what) => actions.say(`${what} copied.`),
    say: actions.say,
  };
}

interface WithSpecProps<Spec> {
  readonly view: ViewDefinition<Spec>;
  readonly start: Spec;
  readonly session: ViewSession;
}

function WithSpec<Spec>({ view: { component: View }, start, session }: WithSpecProps<Spec>) {
  const [spec, setSpec] = useState(start);
  return <View session={session} spec={spec} onSpec={setSpec} />;
}
